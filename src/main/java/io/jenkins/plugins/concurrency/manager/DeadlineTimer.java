package io.jenkins.plugins.concurrency.manager;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** Wakes the engine when the nearest deadline passes. */
final class DeadlineTimer {
    private final Runnable task;
    private Instant next = Instant.MAX;
    private ScheduledFuture<?> scheduled;

    DeadlineTimer(Runnable task) {
        this.task = task;
    }

    /** Sees to it that the task runs at that time, or soon if that has passed. */
    synchronized void at(Instant deadline) {
        if (deadline.isBefore(next)) {
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            next = deadline;
            long delay = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
            // A little late rather than early, as an early one would find nothing to do.
            scheduled = Timer.get().schedule(this::run, delay + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        synchronized (this) {
            next = Instant.MAX;
            scheduled = null;
        }
        task.run();
    }
}
