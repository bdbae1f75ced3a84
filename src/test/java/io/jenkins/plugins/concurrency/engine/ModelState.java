package io.jenkins.plugins.concurrency.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
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
    /** Those that were set aside, as they were. */
    final Map<RequestKey, ModelRequest> aside = new HashMap<>();

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
        boolean wasMoved = request.moved != null && request.moved.getKey().equals(group);
        return new long[] {wasMoved ? request.moved.getValue() : 0, through, request.request.priority()};
    }

    private Optional<GroupKey> parent(GroupKey group) {
        return Optional.ofNullable(policies.get(group)).flatMap(Policy::parent);
    }

    private int depth(GroupKey group) {
        return parent(group).map(parent -> 1 + depth(parent)).orElse(0);
    }

    Map<GroupKey, List<GroupKey>> ancestors() {
        Map<GroupKey, List<GroupKey>> ancestors = new HashMap<>();
        for (GroupKey group : policies.keySet()) {
            List<GroupKey> above = new ArrayList<>();
            for (Optional<GroupKey> up = parent(group); up.isPresent(); up = parent(up.get())) {
                above.add(up.get());
            }
            ancestors.put(group, above);
        }
        return ancestors;
    }

    /** What is wanted of a group: as much as of its children together, or more if it is asked for. */
    private int wanted(GroupKey group, List<Claim> claims) {
        int asked = claims.stream()
                .filter(claim -> claim.group().equals(group))
                .mapToInt(Claim::slots)
                .sum();
        return Math.max(asked, below(group, claims));
    }

    private int below(GroupKey group, List<Claim> claims) {
        return policies.keySet().stream()
                .filter(child -> parent(child).equals(Optional.of(group)))
                .mapToInt(child -> wanted(child, claims))
                .sum();
    }

    private List<ModelRequest.Part> withAncestors(List<Claim> claims) {
        Map<GroupKey, ModelRequest.Part> all = new HashMap<>();
        for (Claim claim : claims) {
            all.put(claim.group(), new ModelRequest.Part(claim, below(claim.group(), claims)));
            ancestors().getOrDefault(claim.group(), List.of()).stream()
                    .filter(up ->
                            claims.stream().noneMatch(other -> other.group().equals(up)))
                    .forEach(up -> all.put(up, new ModelRequest.Part(up, below(up, claims))));
        }
        return all.values().stream()
                .sorted((a, b) -> {
                    int byScope = a.group.scope().compareTo(b.group.scope());
                    int byDepth = byScope != 0 ? byScope : depth(b.group) - depth(a.group);
                    int byPlace = byDepth != 0
                            ? byDepth
                            : b.group.context().length() - a.group.context().length();
                    return byPlace != 0 ? byPlace : a.group.compareTo(b.group);
                })
                .toList();
    }

    private boolean isAround(Request request, GroupKey group) {
        return request.within().stream()
                .anyMatch(key -> find(key).filter(lease -> lease.holds(group)).isPresent());
    }

    /** Whether its claims are more than an ancestor of several of them can ever have. */
    boolean isTooWide(Request request) {
        for (ModelRequest.Part part : withAncestors(request.claims())) {
            List<Integer> single = request.claims().stream()
                    .filter(claim ->
                            ancestors().getOrDefault(claim.group(), List.of()).contains(part.group))
                    .map(Claim::slots)
                    .toList();
            int below = below(part.group, request.claims());
            boolean several = single.stream().noneMatch(slots -> slots >= below);
            int most =
                    policies.containsKey(part.group) ? policies.get(part.group).limit() : Integer.MAX_VALUE;
            if (part.asked > most || below > most && several) {
                return true;
            }
        }
        return false;
    }

    /** What a live request would want of which group if it came now; what it wants already is the same part. */
    List<ModelRequest.Part> replanned(ModelRequest request) {
        List<Claim> own = request.parts.stream()
                .filter(part -> part.asked > 0)
                .map(ModelRequest.Part::claim)
                .toList();
        List<ModelRequest.Part> planned = new ArrayList<>();
        for (ModelRequest.Part part : withAncestors(own)) {
            boolean keeps = request.isRunning() && part.asked > 0;
            if (keeps || !isAround(request.request, part.group)) {
                planned.add(request.parts.stream()
                        .filter(before -> before.group.equals(part.group)
                                && before.asked == part.asked
                                && before.wanted == part.wanted)
                        .findFirst()
                        .orElse(part));
            } else if (!request.nested.contains(part.group)) {
                request.nested.add(part.group);
            }
        }
        return planned;
    }

    /** A request that does not live yet, with what it wants and what it has around it. */
    ModelRequest create(Request request, long ticket, long since) {
        ModelRequest created = new ModelRequest(request, ticket, since);
        for (ModelRequest.Part part : withAncestors(request.claims())) {
            if (isAround(request, part.group)) {
                created.nested.add(part.group);
            } else {
                created.parts.add(part);
            }
        }
        return created;
    }

    /**
     * Puts a lease back with what was asked for and granted, and what that takes of ancestors now; a slot that is taken is
     * replaced by the lowest free one.
     */
    void putBack(Request request, SavedState past) {
        ModelRequest lease =
                new ModelRequest(request, past.ticket(), past.since().toEpochMilli());
        List<Claim> granted = request.claims().stream()
                .filter(claim -> slotsOf(past, claim.group()).isPresent())
                .toList();
        withAncestors(granted).stream()
                .filter(part -> part.asked > 0 || !isAround(request, part.group))
                .forEach(lease.parts::add);
        create(request, past.ticket(), 0).nested.stream()
                .filter(group -> !lease.claims(group))
                .forEach(lease.nested::add);
        join(lease);
        for (ModelRequest.Part part : lease.parts) {
            List<Integer> slots = new ArrayList<>();
            for (int wanted : slotsOf(past, part.group).orElseGet(() -> Collections.nCopies(needed(part), 0))) {
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

    private static Optional<List<Integer>> slotsOf(SavedState past, GroupKey group) {
        return past.grants().stream()
                .filter(grant -> grant.group().equals(group))
                .map(Grant::slots)
                .findFirst();
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
        aside.values().forEach(request -> request.owner = request.owner.relocated(from, to));
        live.stream()
                .filter(request -> movedGroups.stream()
                        .anyMatch(group ->
                                request.claims(group) || nested(request).contains(group)))
                .forEach(concerned::add);
        return concerned.stream().map(ModelRequest::key).collect(Collectors.toCollection(HashSet::new));
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
            if (request.moved != null && request.moved.getKey().equals(from)) {
                request.moved = Map.entry(to, request.moved.getValue());
            }
        }
    }

    private static <V> void renameKey(Map<GroupKey, V> map, GroupKey from, GroupKey to) {
        if (map.containsKey(from)) {
            map.put(to, map.remove(from));
        }
    }
}
