package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a request wants of which group, in the one order in which all requests take their claims. */
final class ClaimResolver {
    /** What a request wants of one group: what it asked for, if it did, and what the groups below take of it. */
    private static final class Want {
        final GroupKey group;
        Claim asked;
        int below;
        /** The most that one claim by itself takes of it. */
        int widest;

        Want(GroupKey group) {
            this.group = group;
        }

        int wanted() {
            return Math.max(below, asked == null ? 0 : asked.slots());
        }

        Share share(Group of) {
            return asked == null ? Share.ofAncestor(of, below) : Share.of(of, asked, below);
        }
    }

    /** The narrowest scope and place first, and a child before its parent, so that no two requests can wait for each other. */
    private final Comparator<Want> order = Comparator.comparing((Want want) -> want.group.scope())
            .thenComparing(want -> -depth(want.group))
            .thenComparing(want -> -want.group.context().length())
            .thenComparing(want -> want.group);

    private final State state;

    ClaimResolver(State state) {
        this.state = state;
    }

    /** What the request takes, with the groups' ancestors and without what an enclosing block holds. */
    List<Share> of(Request request) {
        return of(request.claims(), request.within());
    }

    List<Share> of(List<Claim> claims, List<RequestKey> within) {
        if (isPlain(claims) && !isHeldAround(within, claims.get(0).group())) {
            Claim claim = claims.get(0);
            return List.of(Share.of(state.groups().knownOrNew(claim.group()), claim, 0));
        }
        List<Share> shares = new ArrayList<>(1);
        for (Want want : withAncestors(claims)) {
            if (!isHeldAround(within, want.group)) {
                shares.add(want.share(state.groups().knownOrNew(want.group)));
            }
        }
        return List.copyOf(shares);
    }

    /** What a lease has: all that it was granted of its own claims, and of their ancestors what no enclosing block holds. */
    List<Share> ofLease(List<Claim> granted, List<RequestKey> within) {
        return of(granted, List.of()).stream()
                .filter(share -> !share.isOfAncestor()
                        || !isHeldAround(within, share.group().key()))
                .toList();
    }

    private boolean isPlain(List<Claim> claims) {
        return claims.size() == 1 && parent(claims.get(0).group()).isEmpty();
    }

    /** The groups of which it takes nothing, as an enclosing block holds them. */
    List<Group> nested(List<Claim> claims, List<RequestKey> within) {
        return within.isEmpty()
                ? List.of()
                : withAncestors(claims).stream()
                        .map(want -> want.group)
                        .filter(group -> isHeldAround(within, group))
                        .map(state.groups()::known)
                        .toList();
    }

    /**
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has, or several groups below
     *     one take more of it together than it has
     */
    void check(Request request) {
        if (isPlain(request.claims())) {
            checkWithin(request.claims().get(0));
            return;
        }
        request.claims().forEach(this::checkWithin);
        for (Want want : withAncestors(request.claims())) {
            if (want.below > want.widest) {
                policy(want.group).ifPresent(declared -> Claim.checkWithin(declared.limit(), want.below, want.group));
            }
        }
    }

    private void checkWithin(Claim claim) {
        policy(claim.group()).ifPresent(declared -> Claim.checkWithin(declared.limit(), claim.slots(), claim.group()));
    }

    /** What a request's place in a group's queue depends on before its order does. */
    static Precedence level(LiveRequest live, Group group) {
        return Precedence.of(childPriority(live, group), live.priority());
    }

    /** What the declaration of the child through which a request comes says for the queue of its parent. */
    private static int childPriority(LiveRequest live, Group group) {
        for (Share share : live.shares()) {
            Policy policy = share.group().limit().declared();
            if (policy != null && policy.parent().filter(group.key()::equals).isPresent()) {
                return policy.priority();
            }
        }
        return 0;
    }

    /** Of an ancestor it takes as many slots as of all its children together, or as it asks for by itself if that is more. */
    private List<Want> withAncestors(List<Claim> claims) {
        Map<GroupKey, Want> all = new HashMap<>();
        for (Claim claim : claims) {
            all.computeIfAbsent(claim.group(), Want::new).asked = claim;
            for (Optional<GroupKey> up = parent(claim.group()); up.isPresent(); up = parent(up.get())) {
                Want above = all.computeIfAbsent(up.get(), Want::new);
                above.widest = Math.max(above.widest, claim.slots());
            }
        }
        // A child comes before its parent where the depths differ, whatever the scopes.
        List<Want> deepestFirst = new ArrayList<>(all.values());
        deepestFirst.sort(Comparator.comparing((Want want) -> -depth(want.group)));
        for (Want want : deepestFirst) {
            parent(want.group).ifPresent(up -> all.get(up).below += want.wanted());
        }
        deepestFirst.sort(order);
        return deepestFirst;
    }

    private boolean isHeldAround(List<RequestKey> within, GroupKey group) {
        for (RequestKey enclosing : within) {
            LiveRequest lease = state.find(enclosing);
            Group known = lease == null ? null : state.groups().known(group);
            if (known != null && lease.heldOf(known) != null) {
                return true;
            }
        }
        return false;
    }

    private Optional<GroupKey> parent(GroupKey group) {
        return policy(group).flatMap(Policy::parent);
    }

    private Optional<Policy> policy(GroupKey group) {
        return Optional.ofNullable(state.groups().known(group))
                .map(known -> known.limit().declared());
    }

    private int depth(GroupKey group) {
        int depth = 0;
        for (Optional<GroupKey> ancestor = parent(group); ancestor.isPresent(); depth++) {
            ancestor = parent(ancestor.get());
        }
        return depth;
    }
}
