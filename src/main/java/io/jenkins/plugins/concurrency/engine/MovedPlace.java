package io.jenkins.plugins.concurrency.engine;

import java.util.Objects;

/**
 * Where a person moved a waiting request in the queue of a group: before or behind all that were not moved.
 *
 * @param by above 0 if it is before them, the higher the later it was moved; below 0 if it is behind them
 * @since 1.0
 */
public record MovedPlace(GroupKey group, long by) {
    /**
     * @throws InvalidRequestException if it is none that was ever given
     */
    public MovedPlace {
        Objects.requireNonNull(group);
        if (by == 0 || Math.abs(by) > Tickets.LAST) {
            throw new InvalidRequestException("A place of " + by + " that no request was ever moved to.");
        }
    }
}
