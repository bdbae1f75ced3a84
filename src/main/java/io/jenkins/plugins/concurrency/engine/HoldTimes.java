package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For how long leases like one were held in the past.
 *
 * @since 1.0
 */
public final class HoldTimes {
    private final long[] sorted;

    /**
     * @param past any number, in any order
     */
    public HoldTimes(List<Duration> past) {
        sorted = past.stream().mapToLong(Duration::toMillis).sorted().toArray();
    }

    /** How many there are. */
    public int count() {
        return sorted.length;
    }

    /**
     * For how much longer one is held that has been for so long already, with this chance: what those of the past that were
     * held longer took from then on.
     *
     * @param quantile from 0 (the shortest) to 1 (the longest)
     * @return empty if none was held that long
     */
    public Optional<Duration> remaining(Duration already, double quantile) {
        long[] longer =
                Arrays.stream(sorted).filter(held -> held > already.toMillis()).toArray();
        if (longer.length == 0) {
            return Optional.empty();
        }
        long held = longer[(int) Math.round(quantile * (longer.length - 1))];
        return Optional.of(Duration.ofMillis(held - already.toMillis()));
    }
}
