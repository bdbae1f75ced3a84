package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Builds that started another one and wait for it, as the step {@code build} does. Until that one has ended, or, where they
 * wait only for that, has started, they end neither the blocks that they are in, nor themselves.
 */
@Restricted(NoExternalUse.class)
public final class Upstreams {
    /**
     * A build that waits for another.
     *
     * @param blocks the ids of the Pipeline blocks that it is in while it waits
     */
    record Waiting(Run<?, ?> run, Set<String> blocks) {}

    private Upstreams() {}

    /** Whether a build waits for the one that has these causes, so that it counts as a part of that build. */
    public static boolean isWaitedFor(@NonNull List<Cause> causes) {
        return !waiting(causes, false).isEmpty();
    }

    /**
     * The requests whose leases do not end before the build has that has these causes: those of the blocks in which
     * another build waits for it, of that build itself, and so on upwards.
     */
    @NonNull
    public static List<RequestKey> leasesAround(@NonNull List<Cause> causes) {
        return leases(waiting(causes, false));
    }

    /**
     * The requests whose leases do not end before the build has started that has these causes, but may before it ends:
     * another build waits for its start in their blocks, or for that other build, and so on upwards.
     */
    @NonNull
    public static List<RequestKey> leasesUntilStart(@NonNull List<Cause> causes) {
        return leases(waiting(causes, true));
    }

    private static List<RequestKey> leases(List<Waiting> first) {
        List<RequestKey> leases = new ArrayList<>();
        Set<Waiting> seen = new HashSet<>();
        Deque<Waiting> next = new ArrayDeque<>(first);
        while (!next.isEmpty()) {
            Waiting upstream = next.poll();
            if (seen.add(upstream)) {
                leases.addAll(ConcurrencyManager.get().leasesOf(upstream.run(), upstream.blocks()));
                next.addAll(waiting(upstream.run().getCauses(), false));
            }
        }
        return leases;
    }

    /** Several builds can wait for one, as the queue takes requests to start the same for one. */
    private static List<Waiting> waiting(List<Cause> causes, boolean onlyForStart) {
        // What knows the step is loaded only where there is the step.
        return causes.stream().anyMatch(Cause.UpstreamCause.class::isInstance)
                        && Jenkins.get().getPlugin("pipeline-build-step") != null
                ? BuildSteps.waiting(causes, onlyForStart)
                : List.of();
    }
}
