package io.jenkins.plugins.concurrency.engine;

import java.util.List;
import java.util.Objects;

/**
 * What a lease holds of one group.
 *
 * @param slots the numbers of its slots; just one where it holds the whole group
 * @since 1.0
 */
public record Grant(GroupKey group, List<Integer> slots, boolean exclusive) {
    /** No slot has a higher number: as the lowest free ones are given, that would take more memory than there is. */
    private static final int LAST_SLOT = 1_000_000_000;

    /**
     * @throws InvalidRequestException if these are more slots than a request can have, or there is no slot of such a number
     */
    public Grant {
        Objects.requireNonNull(group);
        slots = List.copyOf(slots);
        if (slots.size() > Request.MAX_SLOTS) {
            throw new InvalidRequestException("A lease of " + slots.size() + " slots of group '" + group.name()
                    + "'. There is none of more than " + Request.MAX_SLOTS + ".");
        }
        for (int slot : slots) {
            if (slot < 1 || slot > LAST_SLOT) {
                throw new InvalidRequestException("Slot " + slot + " of group '" + group.name() + "' does not exist.");
            }
        }
    }
}
