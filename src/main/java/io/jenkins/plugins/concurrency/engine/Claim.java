package io.jenkins.plugins.concurrency.engine;

import java.util.Objects;

/**
 * One group and how much of it a request asks for.
 *
 * @param slots how many slots, 1 or more
 * @param exclusive the whole group, alone; {@code slots} is 1 then
 * @param limit how many slots an ad hoc group has from now on, or {@link #ANY_LIMIT}
 * @since 1.0
 */
public record Claim(GroupKey group, int slots, boolean exclusive, int limit) {
    /** The limit of a claim that leaves it to others. */
    public static final int ANY_LIMIT = 0;

    /**
     * @throws InvalidRequestException if the limit or the slots are below 1, or the slots above the limit, or the claim
     *     is for several slots and exclusive
     */
    public Claim {
        Objects.requireNonNull(group);
        if (limit != ANY_LIMIT && limit < 1) {
            throw new InvalidRequestException(
                    "The limit of group '" + group.name() + "' is " + limit + ". Give it a limit of 1 or more.");
        }
        if (slots < 1) {
            throw new InvalidRequestException(
                    "Group '" + group.name() + "': 'slots' is " + slots + ". Give it 1 slot or more.");
        }
        if (exclusive && slots != 1) {
            throw new InvalidRequestException("Group '" + group.name() + "': 'slots' is " + slots
                    + ", and 'exclusive' asks for the whole group. Give only one of them.");
        }
        if (limit != ANY_LIMIT) {
            checkWithin(limit, slots, group);
        }
    }

    static void checkWithin(int limit, int slots, GroupKey group) {
        if (slots > limit) {
            throw new InvalidRequestException(
                    "Group '" + group.name() + "' has " + limit + (limit == 1 ? " slot" : " slots") + ", but " + slots
                            + " are requested. Request fewer slots, or raise the limit.");
        }
    }

    /** One slot of an ad hoc group of {@code limit}. */
    public static Claim of(GroupKey group, int limit) {
        return new Claim(group, 1, false, limit);
    }
}
