package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who would never be served in the {@link Model}, found by letting everybody who can end do so, until nobody can. */
final class ModelDeadlocks {
    private ModelDeadlocks() {}

    static List<ModelRequest> stuck(ModelState model) {
        if (model.live.stream().noneMatch(ModelDeadlocks::mayKeepOthersWaiting)) {
            return List.of();
        }
        List<ModelRequest> left = new ArrayList<>(model.live);
        Map<GroupKey, List<ModelRequest>> queues = new HashMap<>();
        for (GroupKey group : model.groups()) {
            queues.put(group, model.queues.inOrder(group, model.order(group)));
        }
        while (left.removeIf(request -> canEnd(request, left, queues, model))) {
            queues.values().forEach(queue -> queue.retainAll(left));
        }
        return left.stream().filter(request -> request.waitingIn != null).toList();
    }

    private static boolean mayKeepOthersWaiting(ModelRequest request) {
        return request.waitingIn != null
                && (!request.held().isEmpty() || !request.request.within().isEmpty());
    }

    private static boolean canEnd(
            ModelRequest request, List<ModelRequest> left, Map<GroupKey, List<ModelRequest>> queues, ModelState model) {
        if (request.waitingIn != null) {
            return endsAnyway(request, model)
                    || queues.get(request.waitingIn).get(0) == request && fits(request, left, model);
        }
        return left.stream()
                .noneMatch(inner -> inner.waitingIn != null
                        && inner.request.within().contains(request.key())
                        && !endsAnyway(inner, model));
    }

    /** A lease around it was told to leave. */
    private static boolean endsAnyway(ModelRequest request, ModelState model) {
        return model.live.stream()
                .anyMatch(lease -> lease.leaving && request.request.within().contains(lease.key()));
    }

    private static boolean fits(ModelRequest request, List<ModelRequest> left, ModelState model) {
        GroupKey group = request.waitingIn;
        List<ModelRequest> holders =
                left.stream().filter(holder -> holder.holds(group)).toList();
        int used = holders.stream().mapToInt(h -> ModelState.slots(h, group)).sum();
        boolean whole = holders.stream()
                .anyMatch(h -> h.held().stream().anyMatch(part -> part.whole && part.group.equals(group)));
        if (request.next().whole || whole) {
            return used == 0;
        }
        return model.needed(request.next()) + used <= model.limit(group);
    }
}
