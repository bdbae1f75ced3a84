package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * For how long a member knows that it is not lost: from the beginning of the last call that the database has answered, by its
 * own clock, which no one sets. Safe for use by several threads.
 */
final class Lifeline {
    private final long safe;
    private final LongSupplier nanoTime;
    private long last;
    private boolean any;

    Lifeline(Duration lostAfter, Duration margin, LongSupplier nanoTime) {
        this.safe = lostAfter.minus(margin).toNanos();
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** The database has answered a call of a valid seat that was begun then. */
    synchronized void answered(long begun) {
        if (!any || begun - last > 0) {
            last = begun;
            any = true;
        }
    }

    /** Its epoch is over. */
    synchronized void cut() {
        any = false;
    }

    /** Whether nobody else can have declared the member lost yet. */
    synchronized boolean holds() {
        return any && now() - last < safe;
    }
}
