package io.jenkins.plugins.concurrency.engine;

import java.util.List;

/**
 * What a lease holds of one group.
 *
 * @param slots the numbers of its slots; just one where it holds the whole group
 * @since 1.0
 */
public record Grant(GroupKey group, List<Integer> slots, boolean exclusive) {
    public Grant {
        slots = List.copyOf(slots);
    }
}
