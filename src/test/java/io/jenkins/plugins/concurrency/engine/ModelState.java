package io.jenkins.plugins.concurrency.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the {@link Model} knows, and the simple questions about it. */
abstract class ModelState {
    final List<ModelRequest> live = new ArrayList<>();
    final Set<ModelRequest> newcomers = new HashSet<>();
    final Map<GroupKey, Policy> policies = new HashMap<>();
    final Map<GroupKey, Integer> overrides = new HashMap<>();
    final Set<GroupKey> paused = new HashSet<>();
    /** For each group, the ticket of the most recent request that gave it a limit, and that limit. */
    final Map<GroupKey, long[]> newest = new HashMap<>();

    final ModelQueues queues = new ModelQueues();
    boolean gateOpen;
    long moves;
    private final InstantSource clock;
    private long lastTicket;

    ModelState(InstantSource clock, boolean gateOpen) {
        this.clock = clock;
        this.gateOpen = gateOpen;
    }

    static void check(boolean holds, String otherwise, Object what) {
        if (!holds) {
            throw new AssertionError(otherwise + ": " + what);
        }
    }

    long now() {
        return clock.millis();
    }

    long nextTicket() {
        lastTicket = Math.max(lastTicket + 1, now());
        return lastTicket;
    }

    void sawTicket(long ticket) {
        lastTicket = Math.max(lastTicket, ticket);
    }

    static long deadline(ModelRequest request) {
        return request.request.deadline().map(instant -> instant.toEpochMilli()).orElse(Long.MAX_VALUE);
    }

    Optional<ModelRequest> find(RequestKey key) {
        return live.stream().filter(request -> request.key().equals(key)).findFirst();
    }

    Optional<ModelRequest> waiting(RequestKey key) {
        return find(key).filter(request -> !request.isRunning());
    }

    boolean isUsed(GroupKey group) {
        return live.stream().anyMatch(request -> request.claims(group))
                || policies.containsKey(group)
                || overrides.containsKey(group)
                || paused.contains(group);
    }

    TreeSet<GroupKey> groups() {
        TreeSet<GroupKey> all = new TreeSet<>(policies.keySet());
        all.addAll(overrides.keySet());
        all.addAll(paused);
        live.forEach(request -> request.parts.forEach(part -> all.add(part.group)));
        return all;
    }

    void forgetIdle() {
        newest.keySet().removeIf(group -> !isUsed(group));
    }

    int limit(GroupKey group) {
        if (overrides.containsKey(group)) {
            return overrides.get(group);
        }
        return policies.containsKey(group)
                ? policies.get(group).limit()
                : newest.containsKey(group) ? (int) newest.get(group)[1] : Integer.MAX_VALUE;
    }

    Order order(GroupKey group) {
        return policies.containsKey(group) ? policies.get(group).order() : Order.FIFO;
    }

    Overflow overflow(GroupKey group) {
        return policies.containsKey(group) ? policies.get(group).overflow() : Overflow.CANCEL;
    }

    OptionalInt bound(ModelRequest newcomer, GroupKey group) {
        return policies.containsKey(group) ? policies.get(group).maxQueued() : newcomer.request.maxQueued();
    }

    boolean yields(ModelRequest.Part part, long ticket) {
        long[] before = newest.getOrDefault(part.group, new long[] {Long.MIN_VALUE, Integer.MAX_VALUE});
        return !policies.containsKey(part.group)
                && !overrides.containsKey(part.group)
                && part.limit != Claim.ANY_LIMIT
                && part.limit != before[1]
                && ticket >= before[0];
    }

    void join(ModelRequest request) {
        live.add(request);
        for (ModelRequest.Part part : request.parts) {
            long[] before = newest.get(part.group);
            if (part.limit != Claim.ANY_LIMIT && (before == null || request.ticket >= before[0])) {
                newest.put(part.group, new long[] {request.ticket, part.limit});
            }
        }
    }

    boolean isDisputed(GroupKey group) {
        return !policies.containsKey(group)
                && !overrides.containsKey(group)
                && live.stream()
                                .flatMap(request -> request.parts.stream())
                                .filter(part -> part.group.equals(group) && part.limit != Claim.ANY_LIMIT)
                                .map(part -> part.limit)
                                .distinct()
                                .count()
                        > 1;
    }

    List<Integer> takenSlots(GroupKey group) {
        return live.stream()
                .flatMap(request -> request.held().stream())
                .filter(part -> part.group.equals(group))
                .flatMap(part -> part.slots.stream())
                .toList();
    }

    static int slots(ModelRequest holder, GroupKey group) {
        return holder.held().stream()
                .filter(part -> part.group.equals(group))
                .mapToInt(part -> part.slots.size())
                .sum();
    }

    boolean isHeldWhole(GroupKey group) {
        return live.stream().flatMap(r -> r.held().stream()).anyMatch(part -> part.group.equals(group) && part.whole);
    }

    int needed(ModelRequest.Part part) {
        return Math.min(part.wanted, limit(part.group));
    }

    int missing(ModelRequest.Part part) {
        int used = takenSlots(part.group).size();
        return part.whole || isHeldWhole(part.group) ? used : needed(part) + used - limit(part.group);
    }

    boolean fits(ModelRequest.Part part) {
        return !paused.contains(part.group) && missing(part) <= 0;
    }

    boolean admits(ModelRequest request, ModelRequest.Part part) {
        request.level = level(request, part.group);
        return fits(part) && queues.wouldLead(part.group, order(part.group), request);
    }

    long[] level(ModelRequest request, GroupKey group) {
        long through = request.parts.stream()
                .map(part -> policies.get(part.group))
                .filter(policy -> policy != null && policy.parent().equals(Optional.of(group)))
                .findFirst()
                .map(Policy::priority)
                .orElse(0);
        return new long[] {0, through, request.request.priority()};
    }

    private Optional<GroupKey> parent(GroupKey group) {
        return Optional.ofNullable(policies.get(group)).flatMap(Policy::parent);
    }

    private int depth(GroupKey group) {
        return parent(group).map(parent -> 1 + depth(parent)).orElse(0);
    }

    private List<Claim> withAncestors(Request request) {
        Map<GroupKey, Claim> all = new HashMap<>();
        request.claims().forEach(claim -> all.put(claim.group(), claim));
        // The widest first, so that what is there need not be compared with.
        List<Claim> widestFirst = request.claims().stream()
                .sorted((a, b) -> b.slots() - a.slots())
                .toList();
        for (Claim claim : widestFirst) {
            for (Optional<GroupKey> up = parent(claim.group()); up.isPresent(); up = parent(up.get())) {
                all.putIfAbsent(up.get(), new Claim(up.get(), claim.slots(), false, Claim.ANY_LIMIT));
            }
        }
        return all.values().stream()
                .sorted((a, b) -> {
                    int byScope = a.group().scope().compareTo(b.group().scope());
                    int byDepth = byScope != 0 ? byScope : depth(b.group()) - depth(a.group());
                    int byPlace = byDepth != 0
                            ? byDepth
                            : b.group().context().length() - a.group().context().length();
                    return byPlace != 0 ? byPlace : a.group().compareTo(b.group());
                })
                .toList();
    }

    /** A request that does not live yet, with what it wants and what it has around it. */
    ModelRequest create(Request request, long ticket, long since) {
        ModelRequest created = new ModelRequest(request, ticket, since);
        for (Claim claim : withAncestors(request)) {
            boolean around = request.within().stream()
                    .anyMatch(
                            key -> find(key).filter(r -> r.holds(claim.group())).isPresent());
            if (around) {
                created.nested.add(claim.group());
            } else {
                created.parts.add(new ModelRequest.Part(claim));
            }
        }
        return created;
    }

    /** Puts a lease back; a slot that is taken is replaced by the lowest free one. */
    void putBack(Request request, Past past) {
        ModelRequest lease =
                new ModelRequest(request, past.ticket(), past.since().toEpochMilli());
        for (Grant grant : past.grants()) {
            lease.parts.add(new ModelRequest.Part(request.claims().stream()
                    .filter(claim -> claim.group().equals(grant.group()))
                    .findFirst()
                    .orElse(new Claim(grant.group(), Math.max(1, grant.slots().size()), false, Claim.ANY_LIMIT))));
        }
        create(request, past.ticket(), 0).nested.stream()
                .filter(group -> !lease.claims(group))
                .forEach(lease.nested::add);
        join(lease);
        for (int i = 0; i < lease.parts.size(); i++) {
            ModelRequest.Part part = lease.parts.get(i);
            List<Integer> slots = new ArrayList<>();
            for (int wanted : past.grants().get(i).slots()) {
                List<Integer> taken = new ArrayList<>(takenSlots(part.group));
                taken.addAll(slots);
                int slot = wanted;
                if (wanted < 1 || taken.contains(wanted)) {
                    slot = 1;
                    while (taken.contains(slot)) {
                        slot++;
                    }
                }
                slots.add(slot);
            }
            part.slots = slots;
        }
        lease.runningSince = past.runningSince().orElseThrow().toEpochMilli();
        lease.leaving = past.leaving();
    }

    /** Whom it concerns. */
    Set<RequestKey> relocate(String from, String to) {
        Set<GroupKey> movedGroups = new HashSet<>();
        Set<ModelRequest> concerned = new HashSet<>();
        for (GroupKey group : groups()) {
            GroupKey moved = group.relocated(from, to);
            if (!moved.equals(group) && !isUsed(moved)) {
                rename(group, moved);
                movedGroups.add(moved);
            }
        }
        for (String job :
                live.stream().map(request -> request.owner.job()).distinct().toList()) {
            String moved = Paths.relocated(job, from, to);
            if (!moved.equals(job) && live.stream().noneMatch(request -> request.isOf(moved))) {
                queues.renameJob(job, moved);
                for (ModelRequest request : live) {
                    if (request.isOf(job)) {
                        request.owner = new Owner(moved, request.owner.number(), request.owner.queueItem());
                        concerned.add(request);
                    }
                }
            }
        }
        live.stream()
                .filter(request -> movedGroups.stream()
                        .anyMatch(group ->
                                request.claims(group) || nested(request).contains(group)))
                .forEach(concerned::add);
        return concerned.stream().map(ModelRequest::key).collect(Collectors.toSet());
    }

    /** The groups of which it takes nothing, as a lease around it has them. */
    List<GroupKey> nested(ModelRequest request) {
        return request.nested.stream()
                .filter(group -> request.request.within().stream()
                        .anyMatch(key ->
                                find(key).filter(lease -> lease.holds(group)).isPresent()))
                .toList();
    }

    private void rename(GroupKey from, GroupKey to) {
        for (Map<GroupKey, ?> map : List.of(policies, overrides, newest)) {
            renameKey(map, from, to);
        }
        policies.replaceAll((group, policy) ->
                policy.parent().equals(Optional.of(from)) ? policy.under(to, policy.priority()) : policy);
        if (paused.remove(from)) {
            paused.add(to);
        }
        queues.rename(from, to);
        for (ModelRequest request : live) {
            request.parts.stream().filter(part -> part.group.equals(from)).forEach(part -> part.group = to);
            request.nested.replaceAll(group -> group.equals(from) ? to : group);
        }
    }

    private static <V> void renameKey(Map<GroupKey, V> map, GroupKey from, GroupKey to) {
        if (map.containsKey(from)) {
            map.put(to, map.remove(from));
        }
    }
}
