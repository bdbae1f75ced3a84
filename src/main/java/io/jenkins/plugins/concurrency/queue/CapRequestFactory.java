package io.jenkins.plugins.concurrency.queue;

import hudson.model.Cause;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.ItemNames;
import io.jenkins.plugins.concurrency.manager.Upstreams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns the caps that a build counts for into a request. */
final class CapRequestFactory {
    private CapRequestFactory() {}

    /** Whether another build waits for the one that has these causes, so that it counts as a part of that. */
    static boolean isPart(List<Cause> causes) {
        return Upstreams.isWaitedFor(causes);
    }

    /**
     * A request for the caps that are missing. It waits, whatever the job's limit says: that one's behavior is for the
     * group that it names.
     *
     * @param has the caps that the build has, or asks for, already
     * @param causes why it is in the queue; none if it has started
     * @return empty if there are none
     */
    static Optional<Request> create(Job<?, ?> job, Owner owner, Collection<GroupKey> has, List<Cause> causes) {
        List<GroupKey> missing =
                new ArrayList<>(ConcurrencyManager.get().capsOf(ItemNames.get().of(job)));
        missing.removeAll(has);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        ConcurrencyLimitProperty property = SavedLimits.of(job);
        return Optional.of(new Request(
                RequestKey.random(),
                owner,
                missing.stream()
                        .map(cap -> new Claim(cap, 1, false, Claim.ANY_LIMIT))
                        .toList(),
                Behavior.QUEUE,
                property == null ? 0 : property.getPriority(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                Upstreams.leasesUntilStart(causes)));
    }
}
