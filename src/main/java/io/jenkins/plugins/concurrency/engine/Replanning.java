package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has live requests follow when groups are given other parents: who runs counts for a new parent, in excess of its limit
 * if need be, and for an old one no more, but keeps what it was granted itself; who waits takes its claims in the order that
 * holds now, as all newcomers do.
 */
final class Replanning {
    private static final Comparator<LiveRequest> OUTER_FIRST = Comparator.comparingInt(
                    (LiveRequest live) -> live.nesting().within().size())
            .thenComparing(LiveRequest.BY_TICKET);

    private final State state;
    private final ClaimResolver resolver;
    private final Change change;

    Replanning(State state, ClaimResolver resolver, Change change) {
        this.state = state;
        this.resolver = resolver;
        this.change = change;
    }

    /** @param before what the ancestors of the groups were before they were declared anew */
    void follow(Map<Group, List<Group>> before) {
        Set<Group> changed = changed(before, state.groups().ancestors());
        if (changed.isEmpty()) {
            return;
        }
        Set<LiveRequest> concerned = new LinkedHashSet<>();
        changed.forEach(group -> concerned.addAll(group.claimants()));
        concerned.addAll(inside(concerned));
        List<LiveRequest> moved = new ArrayList<>();
        concerned.stream().sorted(OUTER_FIRST).forEach(live -> replan(live, moved));
        moved.sort(LiveRequest.BY_TICKET);
        change.resume(moved);
    }

    /** Those inside of one that is given other shares may wait for what that one holds from now on. */
    private List<LiveRequest> inside(Set<LiveRequest> leases) {
        Set<RequestKey> keys = leases.stream().map(LiveRequest::key).collect(Collectors.toSet());
        return state.requests().stream()
                .filter(live -> live.nesting().within().stream().anyMatch(keys::contains))
                .toList();
    }

    private static Set<Group> changed(Map<Group, List<Group>> before, Map<Group, List<Group>> after) {
        Set<Group> changed = new LinkedHashSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(group -> before.getOrDefault(group, List.of()).equals(after.getOrDefault(group, List.of())));
        return changed;
    }

    private void replan(LiveRequest live, List<LiveRequest> moved) {
        List<Claim> own = live.shares().stream()
                .filter(share -> !share.isOfAncestor())
                .map(Share::claim)
                .toList();
        List<RequestKey> within = live.nesting().within();
        List<Share> wanted = live.isRunning() ? resolver.ofLease(own, within) : resolver.of(own, within);
        List<Share> planned =
                wanted.stream().map(share -> known(share, live.shares())).toList();
        List<Group> inner = resolver.nested(own, within).stream()
                .filter(group -> planned.stream().noneMatch(share -> share.group() == group))
                .toList();
        Nesting nesting = live.nesting().with(inner);
        if (planned.equals(live.shares())) {
            state.replan(live, planned, live.held().size(), nesting);
        } else if (live.isRunning()) {
            replanRunning(live, planned, nesting);
        } else {
            replanWaiting(live, planned, nesting, moved);
        }
    }

    private static Share known(Share planned, List<Share> before) {
        return before.stream().filter(planned::isSameAs).findFirst().orElse(planned);
    }

    private void replanRunning(LiveRequest live, List<Share> planned, Nesting nesting) {
        List<Share> before = live.shares();
        change.giveBack(live, share -> !planned.contains(share));
        state.replan(live, planned, planned.size(), nesting);
        for (Share share : planned) {
            if (!before.contains(share)) {
                share.group().count(live, share);
            }
        }
    }

    /** It keeps what it has as far as it would take that first now, and its place if it waits for the same. */
    private void replanWaiting(LiveRequest live, List<Share> planned, Nesting nesting, List<LiveRequest> moved) {
        List<Share> held = List.copyOf(live.held());
        int has = 0;
        while (has < planned.size() && held.contains(planned.get(has))) {
            has++;
        }
        List<Share> kept = planned.subList(0, has);
        boolean stays = has < planned.size() && planned.get(has) == live.next();
        Group before = live.waitingIn();
        if (!stays) {
            change.stepOut(live);
            moved.add(live);
        }
        change.giveBack(live, share -> !kept.contains(share));
        state.replan(live, planned, has, nesting);
        if (!stays && !live.hasAll()) {
            change.lineUp(live, live.next().group(), before);
        }
    }
}
