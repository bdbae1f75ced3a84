package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who made a request, and is told what becomes of it.
 *
 * <p>Calls for one request come one after the other, on a thread that may block for a while.
 */
@Restricted(NoExternalUse.class)
public interface Requester {
    /** Carries out an effect on the request. */
    void onEffect(@NonNull Effect effect);

    /** Tells its build's log how the request is doing, if it still waits. Called about once a minute. */
    void remind();

    /** A job or a folder, maybe one that the request names, has another full name from now on. */
    void relocated(@NonNull String from, @NonNull String to);

    /** The id of the Pipeline block that it is for; empty if it is for the whole build. */
    @NonNull
    default Optional<String> block() {
        return Optional.empty();
    }

    /** What the request is for, in its author's words. */
    @NonNull
    Optional<String> reason();
}
