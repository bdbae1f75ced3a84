package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a {@link Model} shows of a group. */
final class ModelViews {
    private ModelViews() {}

    static GroupView of(ModelState model, GroupKey group) {
        List<RequestView> running = model.live.stream()
                .filter(request -> request.holds(group))
                .sorted(Model.BY_TICKET)
                .map(request -> of(request, group, 0))
                .toList();
        List<RequestView> waiting = new ArrayList<>();
        for (ModelRequest request : model.queues.inOrder(group, model.order(group))) {
            waiting.add(of(request, group, waiting.size() + 1));
        }
        int limit = model.limit(group);
        int used = model.takenSlots(group).size();
        return new GroupView(
                group,
                limit,
                Optional.ofNullable(model.policies.get(group)),
                model.overrides.containsKey(group) ? OptionalInt.of(model.overrides.get(group)) : OptionalInt.empty(),
                model.paused.contains(group),
                model.isDisputed(group),
                model.isHeldWhole(group) ? Math.max(limit, used) : used,
                running.size(),
                waiting.size(),
                running,
                waiting);
    }

    private static RequestView of(ModelRequest request, GroupKey group, int place) {
        ModelRequest.Part part = request.parts.stream()
                .filter(p -> p.group.equals(group))
                .findFirst()
                .orElseThrow();
        return new RequestView(
                request.key(),
                request.owner,
                place,
                part.slots == null ? List.of() : part.slots,
                part.claim(),
                Optional.ofNullable(request.waitingIn),
                request.request.behavior(),
                request.request.priority(),
                request.ticket,
                Instant.ofEpochMilli(request.since),
                Optional.ofNullable(request.runningSince).map(Instant::ofEpochMilli),
                request.request.deadline(),
                request.leaving,
                request.overLimit);
    }
}
