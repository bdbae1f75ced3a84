package io.jenkins.plugins.concurrency.queue;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a {@link QueuedBuild} asks for, one after the other: first what its job says, then the caps that it counts for.
 * Guarded by the build, but for the list, which is replaced, never changed, as any thread may write it to disk.
 */
final class GateRequests {
    private volatile List<GateRequest> all = List.of();

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<GateRequest> all() {
        return all;
    }

    GateRequest add(QueuedBuild build, Request request, boolean cap) {
        List<GateRequest> more = new ArrayList<>(all);
        GateRequest added = new GateRequest(build, request, cap);
        more.add(added);
        all = more;
        return added;
    }

    void remove(Predicate<GateRequest> which) {
        all = new ArrayList<>(all.stream().filter(which.negate()).toList());
    }

    /** The caps that it has, or asks for. */
    List<GroupKey> caps() {
        return all.stream()
                .filter(GateRequest::isCap)
                .flatMap(request -> request.groups().stream())
                .toList();
    }

    /** Whether it has all that it asked for, in the engine too. */
    boolean areRunning() {
        return all.stream().allMatch(request -> request.isKnown() && request.isRunning());
    }

    /** The one that it waits for. */
    Optional<RequestKey> waiting() {
        return all.stream()
                .filter(request -> !request.isRunning())
                .map(GateRequest::key)
                .findFirst();
    }

    void each(Consumer<GateRequest> action) {
        all.forEach(action);
    }

    /**
     * Follows a change of the job's limit, as far as it waits for that.
     *
     * @param limit null if the job has none any more
     * @return whether it waits no longer, as the job has none
     */
    boolean follow(ConcurrencyLimitProperty limit) {
        List<GateRequest> waiting = all.stream()
                .filter(request -> !request.isRunning() && !request.isCap() && request.isKnown())
                .toList();
        if (limit != null) {
            waiting.forEach(request -> request.changeLimit(limit.getLimit()));
            return false;
        }
        waiting.forEach(GateRequest::end);
        remove(waiting::contains);
        return !waiting.isEmpty();
    }

    void transfer(Owner to) {
        all.forEach(request -> ConcurrencyManager.get().transfer(request.key(), to));
    }
}
