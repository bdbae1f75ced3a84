package io.jenkins.plugins.concurrency.records;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Writes what has changed, some seconds later, on Jenkins' timer. It takes no more than a small part of the time, however
 * much changes and however slow the disk is. Safe for several threads; nobody waits for it.
 */
final class HistoryWriter {
    private static final Logger LOGGER = Logger.getLogger(HistoryWriter.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** So many times as long as it writes, it does not. */
    private static final int RESTS = 50;

    private final HistoryFiles files;
    private final Function<GroupKey, Optional<GroupHistory>> copies;
    private final Set<GroupKey> changed = new LinkedHashSet<>();
    private boolean started;
    private boolean scheduled;
    private volatile boolean failing;
    private long rest = PAUSE.toMillis();

    /**
     * @param copies what there is of a group, for this thread alone; nothing if its file is to go
     */
    HistoryWriter(HistoryFiles files, Function<GroupKey, Optional<GroupHistory>> copies) {
        this.files = files;
        this.copies = copies;
    }

    /** What was stored is known now; before that, nothing of it is overwritten. */
    synchronized void start() {
        started = true;
        schedule();
    }

    /** The group's file is to become what is known of the group. */
    synchronized void changed(GroupKey group) {
        changed.add(group);
        schedule();
    }

    private void schedule() {
        if (started && !scheduled && !changed.isEmpty()) {
            scheduled = true;
            Timer.get().schedule(this::round, rest, TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        long start = System.nanoTime();
        write();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        synchronized (this) {
            rest = Math.max(PAUSE.toMillis(), RESTS * took);
            scheduled = false;
            if (!failing) {
                schedule();
            }
        }
    }

    /** Writes all that has changed. Those who note something down do not wait for that. */
    void write() {
        synchronized (files) {
            for (GroupKey group : take()) {
                try {
                    write(group);
                    failing = false;
                } catch (IOException | RuntimeException x) {
                    LOGGER.log(
                            failing ? Level.FINE : Level.WARNING,
                            x,
                            () -> "Cannot write the history of " + group
                                    + "; it is tried again later, but lost if Jenkins ends before.");
                    failing = true;
                    putBack(group);
                }
            }
        }
    }

    private synchronized Set<GroupKey> take() {
        Set<GroupKey> all = started ? new LinkedHashSet<>(changed) : Set.of();
        changed.removeAll(all);
        return all;
    }

    /** It is tried again with the next change. */
    private synchronized void putBack(GroupKey group) {
        changed.add(group);
    }

    private void write(GroupKey group) throws IOException {
        Optional<GroupHistory> history = copies.apply(group);
        if (history.isPresent()) {
            files.write(history.get());
        } else {
            files.delete(group);
        }
    }
}
