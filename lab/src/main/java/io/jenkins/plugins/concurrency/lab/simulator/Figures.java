package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How the requests of a job, or for a group, fared. */
final class Figures {
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private long[] waits = new long[64];
    private int granted;
    private int cancelled;
    private boolean sorted;

    void granted(long waited) {
        if (granted == waits.length) {
            waits = Arrays.copyOf(waits, granted * 2);
        }
        waits[granted++] = waited;
        sorted = false;
    }

    void ended(Outcome outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    void cancelled() {
        cancelled++;
    }

    int granted() {
        return granted;
    }

    /** Of those granted, how many were told to leave. */
    int cancelledRunning() {
        return cancelled;
    }

    int superseded() {
        return count(Outcome.SUPERSEDED) + count(Outcome.DISPLACED);
    }

    int refused() {
        return count(Outcome.CANCELLED)
                + count(Outcome.FAILED)
                + count(Outcome.SKIPPED)
                + count(Outcome.QUEUE_FULL_CANCELLED)
                + count(Outcome.QUEUE_FULL_FAILED)
                + count(Outcome.DEADLOCK);
    }

    int expired() {
        return count(Outcome.EXPIRED);
    }

    private int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** How long that share of those granted had waited at most, in milliseconds. */
    long waited(double share) {
        if (granted == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(waits, 0, granted);
            sorted = true;
        }
        return waits[Math.max(0, (int) Math.ceil(share * granted) - 1)];
    }
}
