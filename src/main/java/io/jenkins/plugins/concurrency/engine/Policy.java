package io.jenkins.plugins.concurrency.engine;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a declared group gives out its slots. It wins over whatever requests say.
 *
 * @param limit how many slots the group has, 1 or more
 * @param order who goes first
 * @param maxQueued how many may wait, 0 or more; empty for any number
 * @param overflow what happens to a newcomer when as many wait
 * @param priority goes before the request's own when children of one parent compete for it
 * @param parent a declared group of which a request takes as many slots too
 * @since 1.0
 */
public record Policy(
        int limit, Order order, OptionalInt maxQueued, Overflow overflow, int priority, Optional<GroupKey> parent) {

    /**
     * @throws IllegalArgumentException if the limit is below 1 or the queue bound below 0
     */
    public Policy {
        checkLimit(limit);
        if (maxQueued.isPresent() && maxQueued.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "The bound of the queue is " + maxQueued.getAsInt() + ". It must be 0 or more.");
        }
        Objects.requireNonNull(order);
        Objects.requireNonNull(overflow);
        Objects.requireNonNull(parent);
    }

    /**
     * @throws IllegalArgumentException if it is below 1
     */
    public static void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is " + limit + ". It must be 1 or more.");
        }
    }

    /**
     * @throws IllegalArgumentException if a parent is not declared, or a group would be its own ancestor
     */
    static void checkParents(Map<GroupKey, Policy> policies) {
        policies.forEach((group, policy) -> {
            GroupKey child = group;
            Optional<GroupKey> ancestor = policy.parent();
            for (int height = 0; ancestor.isPresent(); height++) {
                Policy above = policies.get(ancestor.get());
                if (above == null) {
                    // Were it allowed, a descendant could be renamed to it, and be its own ancestor from then on.
                    throw new IllegalArgumentException(
                            "The group '" + ancestor.get().name() + "', the parent of '" + child.name()
                                    + "', is not declared. Declare it, or take the parent away.");
                }
                if (height == policies.size()) {
                    throw new IllegalArgumentException(
                            "The group '" + group.name()
                                    + "' would be its own ancestor. Take the parent away from one of the groups in this circle.");
                }
                child = ancestor.get();
                ancestor = above.parent();
            }
        });
    }

    /** A group of {@code limit} slots with an unbounded queue, first in, first out. */
    public static Policy ofLimit(int limit) {
        return new Policy(limit, Order.FIFO, OptionalInt.empty(), Overflow.CANCEL, 0, Optional.empty());
    }

    /** The same with another order. */
    public Policy withOrder(Order other) {
        return new Policy(limit, other, maxQueued, overflow, priority, parent);
    }

    /** The same with a bounded queue. */
    public Policy withQueue(int bound, Overflow whenFull) {
        return new Policy(limit, order, OptionalInt.of(bound), whenFull, priority, parent);
    }

    /** The same with a parent, and a priority among the parent's children. */
    public Policy under(GroupKey other, int priorityThere) {
        return new Policy(limit, order, maxQueued, overflow, priorityThere, Optional.of(other));
    }
}
