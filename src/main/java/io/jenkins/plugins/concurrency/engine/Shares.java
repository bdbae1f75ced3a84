package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a request wants of which group, in the one order in which all requests take their claims. */
final class Shares {
    /** The narrowest scope and place first, and a child before its parent, so that no two requests can wait for each other. */
    private final Comparator<Claim> order = Comparator.comparing(
                    (Claim claim) -> claim.group().scope())
            .thenComparing(claim -> -depth(claim.group()))
            .thenComparing(claim -> -claim.group().context().length())
            .thenComparing(Claim::group);

    private final State state;

    Shares(State state) {
        this.state = state;
    }

    /** What the request takes, with the groups' ancestors and without what an enclosing block holds. */
    List<Share> of(Request request) {
        List<Share> shares = new ArrayList<>(1);
        for (Claim claim : withAncestors(request.claims())) {
            if (!isHeldAround(request, claim.group())) {
                shares.add(new Share(state.groups().knownOrNew(claim.group()), claim));
            }
        }
        return List.copyOf(shares);
    }

    /** The groups of which it takes nothing, as an enclosing block holds them. */
    List<Group> nested(Request request) {
        return request.within().isEmpty()
                ? List.of()
                : withAncestors(request.claims()).stream()
                        .map(Claim::group)
                        .filter(group -> isHeldAround(request, group))
                        .map(state.groups()::known)
                        .toList();
    }

    /**
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has
     */
    void check(Request request) {
        for (Claim claim : request.claims()) {
            Optional<Policy> policy = policy(claim.group());
            policy.ifPresent(declared -> Claim.checkWithin(declared.limit(), claim.slots(), claim.group()));
        }
    }

    /** What a request's place in a group's queue depends on before its order does. */
    static Level level(Entry entry, Group group) {
        return Level.of(childPriority(entry, group), entry.priority());
    }

    /** What the declaration of the child through which a request comes says for the queue of its parent. */
    private static int childPriority(Entry entry, Group group) {
        for (Share share : entry.shares()) {
            Policy policy = share.group().limit().declared();
            if (policy != null && policy.parent().filter(group.key()::equals).isPresent()) {
                return policy.priority();
            }
        }
        return 0;
    }

    /** Of an ancestor it takes as many slots as of the child of which it takes most, unless it asks for it by itself. */
    private List<Claim> withAncestors(List<Claim> claims) {
        if (claims.size() == 1 && parent(claims.get(0).group()).isEmpty()) {
            return claims;
        }
        Map<GroupKey, Claim> all = new HashMap<>();
        for (Claim claim : claims) {
            Optional<GroupKey> ancestor = parent(claim.group());
            while (ancestor.isPresent()) {
                Claim above = new Claim(ancestor.get(), claim.slots(), false, Claim.ANY_LIMIT);
                all.merge(above.group(), above, (one, other) -> one.slots() < other.slots() ? other : one);
                ancestor = parent(ancestor.get());
            }
        }
        claims.forEach(claim -> all.put(claim.group(), claim));
        return all.values().stream().sorted(order).toList();
    }

    private boolean isHeldAround(Request request, GroupKey group) {
        for (RequestKey enclosing : request.within()) {
            Entry lease = state.entry(enclosing);
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
