package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.Optional;
import java.util.function.Supplier;
import jenkins.model.CauseOfInterruption;
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

    /**
     * Tells its build's log how the request is doing, if it still waits. Called about once a minute; and within seconds when
     * something has changed in the group that it waits in, if it is the first one there.
     */
    void remind();

    /**
     * Tells its build's log something that somebody did by hand; when it has a log, if it has none yet.
     *
     * @param line is asked for on this thread, as logs have a language of their own
     */
    void told(@NonNull Supplier<String> line);

    /**
     * Takes its entry out of the queue, on record, as a person wants; if that is about to become a build, this ends at once.
     *
     * @return false if it has a build, which is the caller's to interrupt
     */
    default boolean leaveQueue(@NonNull GroupKey group, @NonNull CauseOfInterruption by) {
        return false;
    }

    /**
     * Has the build go on without what it holds, over restarts too: ends the lease when that is noted down.
     *
     * @return whether there was a lease, and a build that goes on
     */
    boolean release();

    /**
     * Ends the request without its slots, as it can never be granted.
     *
     * @param why in a sentence that says what to do
     */
    void refuse(@NonNull String why);

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
