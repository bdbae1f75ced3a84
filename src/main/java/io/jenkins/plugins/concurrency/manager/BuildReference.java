package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Another build as it is kept with a build, in a log or in a record. A queue item has no number yet: it is known by its id,
 * and found when it has become a build.
 *
 * @since 1.0
 */
public final class BuildReference implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many builds may have started between the time when a queue item was referred to and its own start. */
    private static final int FARTHEST = 200;

    private final String job;
    private final long number;
    private final boolean queueItem;
    /** A queue item gets this number or a higher one. */
    private final int notBefore;

    private BuildReference(Owner owner, int notBefore) {
        this.job = owner.job();
        this.number = owner.number();
        this.queueItem = owner.queueItem();
        this.notBefore = notBefore;
    }

    /** Refers to a build, or to a queue item that may become one. */
    @NonNull
    public static BuildReference to(@NonNull Owner owner) {
        if (!owner.queueItem()) {
            return new BuildReference(owner, 0);
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            int next =
                    VisibleItems.job(owner.job()).map(Job::getNextBuildNumber).orElse(1);
            return new BuildReference(owner, next);
        }
    }

    /** The full name that its job had. */
    @NonNull
    public String job() {
        return job;
    }

    /** The build, if it has started, is still there, and the current user may read it. */
    @NonNull
    public Optional<Run<?, ?>> visible() {
        return queueItem ? VisibleItems.job(job).flatMap(this::started) : VisibleItems.build(Owner.build(job, number));
    }

    private Optional<Run<?, ?>> started(Job<?, ?> of) {
        int end = Math.min(of.getNextBuildNumber(), notBefore + FARTHEST);
        return IntStream.range(notBefore, end)
                .<Run<?, ?>>mapToObj(of::getBuildByNumber)
                .filter(run -> run != null && wasIt(run))
                .findFirst();
    }

    private boolean wasIt(Run<?, ?> run) {
        return run.getQueueId() == number
                || run.getActions(FormerEntry.class).stream().anyMatch(entry -> entry.id() == number);
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof BuildReference that
                && job.equals(that.job)
                && number == that.number
                && queueItem == that.queueItem;
    }

    @Override
    public int hashCode() {
        return 31 * job.hashCode() + Long.hashCode(number);
    }
}
