package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.Optional;

/** Counts live requests. */
final class Census {
    private int running;
    private int waiting;
    private long longestWaiting = Long.MAX_VALUE;

    void add(LiveRequest live) {
        if (live.isRunning()) {
            running++;
        } else {
            waiting++;
            longestWaiting = Math.min(longestWaiting, live.since());
        }
    }

    Totals totals() {
        return new Totals(
                running, waiting, waiting == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(longestWaiting)));
    }
}
