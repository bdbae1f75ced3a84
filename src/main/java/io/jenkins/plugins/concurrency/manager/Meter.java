package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.SavedState;
import java.time.Duration;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Measures what the manager does. It is called on the threads that do the work, so it must be quick and must not fail; several
 * may call at once.
 */
@Restricted(NoExternalUse.class)
public interface Meter {
    /** Measures nothing. */
    Meter NONE = new Meter() {};

    /** The engine was called, which caused this. Calls come one after the other. */
    default void called(@NonNull List<Effect> effects, @NonNull Duration took) {}

    /** An effect is carried out, so long after it was caused. */
    default void carriedOut(@NonNull Duration after) {}

    /** A request was put back after a restart, with what it had or wanted of this controller's own groups. */
    default void restored(@NonNull SavedState past) {}

    /** An effect in shared groups concerns a request of this controller. */
    default void shared(@NonNull Effect effect) {}

    /** A request has these slots of shared groups after a restart, as before. */
    default void restoredShared(@NonNull List<Grant> grants) {}

    /** A build was found that is gone, and had still held or waited for slots. */
    default void swept() {}
}
