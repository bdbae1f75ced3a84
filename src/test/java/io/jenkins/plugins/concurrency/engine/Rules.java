package io.jenkins.plugins.concurrency.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold after every call, whatever was called, as far as it can be seen from outside of the engine. */
final class Rules {
    private final Twin twin;
    private final Set<RequestKey> byHand = new HashSet<>();
    private final Set<RequestKey> moved = new HashSet<>();
    /** Where the priority of the children counts too. */
    private final Set<GroupKey> parents = new HashSet<>();

    private Map<GroupKey, GroupView> before = Map.of();

    Rules(Twin twin) {
        this.twin = twin;
    }

    void startedByHand(RequestKey key) {
        byHand.add(key);
    }

    void moved(RequestKey key) {
        moved.add(key);
    }

    void check(List<Effect> told, Map<GroupKey, GroupView> after) {
        after.values().forEach(group -> group.declared().flatMap(Policy::parent).ifPresent(parents::add));
        Map<RequestKey, Effect> outcomes = new HashMap<>();
        for (Effect effect : told) {
            if (effect instanceof Effect.Granted granted && !byHand.contains(granted.request())) {
                check(
                        twin.engine.isGateOpen() || granted.grants().isEmpty(),
                        "granted behind the closed gate",
                        granted);
                granted.grants().forEach(grant -> checkGrant(granted, grant, after.get(grant.group())));
            }
            checkNewerWins(effect);
            boolean outcome = effect instanceof Effect.Granted || effect instanceof Effect.Ended;
            check(!outcome || outcomes.put(effect.request(), effect) == null, "two outcomes", told);
        }
        if (twin.engine.isGateOpen()) {
            after.values().forEach(this::checkNobodyWaitsForFreeSlots);
        }
        after.values().forEach(Rules::checkSlots);
        before = after;
    }

    /** Nobody goes for the sake of an older build of the same job, or of another branch of its own. */
    private void checkNewerWins(Effect effect) {
        Optional<Owner> by = effect instanceof Effect.Ended ended
                ? ended.by()
                : effect instanceof Effect.CancelRunning cancel ? Optional.of(cancel.by()) : Optional.empty();
        before.values().stream()
                .flatMap(group -> Stream.concat(group.running().stream(), group.waiting().stream()))
                .filter(view -> view.key().equals(effect.request()))
                .map(RequestView::owner)
                .forEach(gone -> check(
                        by.isEmpty()
                                || !by.get().job().equals(gone.job())
                                || by.get().queueItem()
                                || !gone.queueItem() && by.get().number() > gone.number(),
                        "went for an older one",
                        effect));
    }

    /** Never over the limit; nobody beside one who has all; nobody before an earlier one of the same priority. */
    private void checkGrant(Effect.Granted granted, Grant grant, GroupView group) {
        boolean overByHand = group.running().stream().anyMatch(RequestView::overLimit);
        Set<RequestKey> holders = group.running().stream().map(RequestView::key).collect(Collectors.toSet());
        GroupView earlier = before.get(grant.group());
        boolean hadIt = earlier != null
                && earlier.running().stream().anyMatch(holder -> holder.key().equals(granted.request()));
        if (hadIt || !holders.contains(granted.request())) {
            return;
        }
        check(overByHand || group.used() <= group.limit(), "over the limit", group);
        boolean whole =
                group.running().stream().anyMatch(holder -> holder.claim().exclusive());
        check(overByHand || !whole || group.runningCount() == 1, "not alone", group);
        RequestView lease = group.running().stream()
                .filter(holder -> holder.key().equals(granted.request()))
                .findFirst()
                .orElseThrow();
        boolean fifo = group.declared().map(Policy::order).orElse(Order.FIFO) == Order.FIFO;
        for (RequestView waiting : earlier == null ? List.<RequestView>of() : earlier.waiting()) {
            boolean still = group.waiting().stream().anyMatch(view -> view.key().equals(waiting.key()));
            boolean passed = still
                    && waiting.priority() == lease.priority()
                    && waiting.ticket() < lease.ticket()
                    && !moved.contains(waiting.key())
                    && !moved.contains(lease.key());
            check(
                    !fifo || parents.contains(grant.group()) || !passed,
                    "passed an earlier one",
                    List.of(granted, waiting));
        }
    }

    private void checkNobodyWaitsForFreeSlots(GroupView group) {
        // Of a parent one may want more than it says, as its children take of it.
        if (group.waiting().isEmpty() || group.paused() || parents.contains(group.key())) {
            return;
        }
        Claim next = group.waiting().get(0).claim();
        boolean free = next.exclusive() ? group.used() == 0 : Math.min(next.slots(), group.limit()) <= group.free();
        check(!free, "the first one waits beside free slots", group);
    }

    /** No number twice, and the number of slots in use is that of the leases. */
    private static void checkSlots(GroupView group) {
        List<Integer> slots = group.running().stream()
                .flatMap(holder -> holder.slots().stream())
                .toList();
        check(Set.copyOf(slots).size() == slots.size(), "a slot is held twice", group);
        boolean whole =
                group.running().stream().anyMatch(holder -> holder.claim().exclusive());
        check(whole || group.used() == slots.size(), "used slots without a lease", group);
    }

    private static void check(boolean holds, String otherwise, Object what) {
        ModelState.check(holds, otherwise, what);
    }
}
