package io.jenkins.plugins.concurrency.manager;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Work that is worth doing, but nothing to wait for: it is done in its order, one after the other. Where that is too slow, what
 * comes next is left out; where it fails, the rest goes on. It warns of either once a minute at most.
 *
 * <p>{@link #add} only notes work down, so that it can be called under a lock; {@link #start} sees to it that it is done.
 */
final class Backlog {
    private static final Logger LOGGER = Logger.getLogger(Backlog.class.getName());
    private static final int AT_ONCE = 1_000;
    private static final long BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

    private final String what;
    private final int most;
    private final Executor lane;
    private final Runnable afterwards;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile long warned = System.nanoTime() - BETWEEN_WARNINGS;

    /**
     * @param what is done, for the log
     * @param most how many tasks wait at most
     * @param lane runs one after the other
     * @param afterwards is done after the tasks that were there at once
     */
    Backlog(String what, int most, Executor lane, Runnable afterwards) {
        this.what = what;
        this.most = most;
        this.lane = lane;
        this.afterwards = afterwards;
    }

    void add(Runnable task) {
        if (count.get() < most) {
            addInAnyCase(task);
        } else {
            warn("There is too much to do: some of it is left out", null);
        }
    }

    /** Adds one that is not left out, of which there are few. */
    void addInAnyCase(Runnable task) {
        count.incrementAndGet();
        tasks.add(task);
    }

    void start() {
        if (count.get() > 0 && started.compareAndSet(false, true)) {
            lane.execute(this::work);
        }
    }

    private void work() {
        started.set(false);
        Runnable task = tasks.poll();
        for (int done = 0; task != null; task = ++done < AT_ONCE ? tasks.poll() : null) {
            count.decrementAndGet();
            run(task);
        }
        run(afterwards);
        start();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException x) {
            warn("Something failed, the rest goes on", x);
        }
    }

    private void warn(String why, RuntimeException failure) {
        long now = System.nanoTime();
        if (now - warned >= BETWEEN_WARNINGS) {
            warned = now;
            LOGGER.log(Level.WARNING, failure, () -> what + ": " + why);
        }
    }
}
