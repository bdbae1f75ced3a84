package io.jenkins.plugins.concurrency.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what becomes of requests, of one group or of all. Safe for several threads. */
final class RequestMetrics {
    private final Map<String, Metric> all = new LinkedHashMap<>();
    private final Counter granted = counter("granted");
    private final Counter restored = counter("restored");
    private final Counter released = counter("released");
    private final Counter cancelled = counter("cancelled");
    private final Counter superseded = counter("superseded");
    private final Counter refused = counter("refused");
    private final Counter timedOut = counter("timedOut");
    private final Counter left = counter("left");
    private final Timer wait = timer("wait");
    private final Timer hold = timer("hold");

    private Counter counter(String name) {
        Counter counter = new Counter();
        all.put(name, counter);
        return counter;
    }

    private Timer timer(String name) {
        Timer timer = new Timer();
        all.put(name, timer);
        return timer;
    }

    /** By their names, without that of the group. */
    Map<String, Metric> all() {
        return all;
    }

    void granted(Duration waited) {
        granted.inc();
        wait.update(waited);
    }

    /** One that ran before a restart. */
    void restored() {
        restored.inc();
    }

    void released(Duration held) {
        released.inc();
        hold.update(held);
    }

    /** One that waited, and whose build has ended. */
    void left() {
        left.inc();
    }

    /** One that runs, for a newer one. */
    void cancelled() {
        cancelled.inc();
    }

    void ended(Outcome outcome) {
        switch (outcome) {
            case SUPERSEDED, DISPLACED -> superseded.inc();
            case EXPIRED -> timedOut.inc();
            case WITHDRAWN -> left.inc();
            default -> refused.inc();
        }
    }
}
