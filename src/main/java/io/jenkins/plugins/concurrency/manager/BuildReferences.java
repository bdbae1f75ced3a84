package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Refers to builds, and finds for a reader what was referred to. */
@Restricted(NoExternalUse.class)
public final class BuildReferences {
    /** How many builds may have started between the time when a queue item was referred to and its own start. */
    private static final int FARTHEST = 200;
    /** How many may have started, that one among them, since what is told late happened. */
    private static final int LATE = 5;
    /** The same for a list, which shall not read many builds. */
    private static final int NEAREST = 5;

    private BuildReferences() {}

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

    /** The same for a queue item that may have become one a moment ago. */
    @NonNull
    static BuildReference toEarlier(@NonNull Owner owner) {
        BuildReference reference = to(owner);
        return owner.queueItem() ? new BuildReference(owner, Math.max(1, reference.notBefore() - LATE)) : reference;
    }

    /** The build, if it has started, is still there, and the current user may read it. */
    @NonNull
    public static Optional<Run<?, ?>> find(@NonNull BuildReference reference) {
        Owner owner = reference.owner();
        return owner.queueItem()
                ? VisibleItems.job(owner.job()).flatMap(job -> started(job, reference, FARTHEST))
                : VisibleItems.build(owner);
    }

    /**
     * What a build is called beside the builds of a job: by its number alone if it is one of these. Empty if the current user
     * may not read it, or it would take long to find. It need not be there any more.
     */
    @NonNull
    static Optional<String> name(BuildReference reference, String beside) {
        Owner owner = reference.owner();
        return VisibleItems.job(owner.job())
                .flatMap(job -> number(job, reference)
                        .map(number ->
                                owner.job().equals(beside) ? "#" + number : job.getFullDisplayName() + " #" + number));
    }

    private static Optional<Long> number(Job<?, ?> job, BuildReference reference) {
        return reference.owner().queueItem()
                ? started(job, reference, NEAREST).map(run -> (long) run.getNumber())
                : Optional.of(reference.owner().number());
    }

    private static Optional<Run<?, ?>> started(Job<?, ?> job, BuildReference reference, int farthest) {
        int first = reference.notBefore();
        return IntStream.range(first, Math.min(job.getNextBuildNumber(), first + farthest))
                .<Run<?, ?>>mapToObj(job::getBuildByNumber)
                .filter(run -> run != null && wasItem(run, reference.owner().number()))
                .findFirst();
    }

    private static boolean wasItem(Run<?, ?> run, long id) {
        return run.getQueueId() == id
                || run.getActions(FormerEntry.class).stream().anyMatch(entry -> entry.id() == id);
    }
}
