package io.jenkins.plugins.concurrency.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What the database does, in memory: each method is a transaction. The functions of the schema are to do the same. Safe for
 * use by several threads.
 */
final class MemoryRealm {
    /** What a database may be told to get wrong, to see that somebody notices. */
    enum Mistake {
        NONE,
        /** Who was lost is not said to be. */
        NOBODY_IS_SET_ASIDE,
        /** Whose epoch is over may go on. */
        EPOCHS_ARE_NOT_CHECKED,
        /** What is in the log already is appended once more. */
        APPENDED_TWICE
    }

    private final class Row {
        final Introduction who;
        final long epoch;
        long seen;
        long beat;
        long applied;
        long lastCall;
        boolean lost;

        Row(Introduction who, long epoch) {
            this.who = who;
            this.epoch = epoch;
            beat();
        }

        void beat() {
            seen = clock.getAsLong();
            beat = ++beats;
        }
    }

    private final LongSupplier clock;
    private final Mistake mistake;
    private final Map<String, Row> members = new LinkedHashMap<>();
    private final TreeMap<Long, Entry> log = new TreeMap<>();
    private final TreeMap<Long, StoredSnapshot> snapshots = new TreeMap<>();
    private int version = Version.CURRENT;
    private long head;
    private double lastAt;
    private long lastClock;
    private long beats;

    /** @param clock in milliseconds, and may be set back */
    MemoryRealm(LongSupplier clock) {
        this(clock, Mistake.NONE);
    }

    MemoryRealm(LongSupplier clock, Mistake mistake) {
        this.clock = clock;
        this.mistake = mistake;
    }

    synchronized long head() {
        return head;
    }

    /** Waits until there are entries after this one. */
    synchronized boolean awaitAfter(long seq, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = end - System.nanoTime(); head <= seq && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
        return head > seq;
    }

    /** It goes on where the clock is set back, but slower, until that has caught up. */
    private long time() {
        long now = clock.getAsLong();
        lastAt = Math.max(lastAt + Math.max(0, now - lastClock) * 0.9, now);
        lastClock = now;
        return (long) lastAt;
    }

    private void write(String member, long epoch, long callNo, byte[] body) {
        head++;
        log.put(head, new Entry(head, member, epoch, callNo, time(), version, body));
        notifyAll();
    }

    synchronized Seat join(Introduction who) throws OutdatedException, FencedException {
        if (who.version() < version) {
            throw new OutdatedException(who.version(), version);
        }
        Row before = members.get(who.member());
        if (before != null
                && who.former() > 0
                && before.epoch > who.former()
                && !before.who.instance().equals(who.instance())) {
            throw new FencedException("Another process has joined as " + who.member(), true);
        }
        long epoch = before == null ? 1 : before.epoch + 1;
        members.put(who.member(), new Row(who, epoch));
        write(who.member(), epoch, Entry.JOINED, who.instance().getBytes(StandardCharsets.UTF_8));
        return new Seat(who.member(), epoch, head);
    }

    private Row seated(Seat seat, String instance) throws FencedException {
        Row row = members.get(seat.member());
        if (mistake == Mistake.EPOCHS_ARE_NOT_CHECKED && row != null) {
            return row;
        }
        boolean taken =
                row != null && row.epoch > seat.epoch() && !row.who.instance().equals(instance);
        if (row == null || row.epoch != seat.epoch() || row.lost) {
            throw new FencedException("The epoch is over.", taken);
        }
        return row;
    }

    synchronized void append(Seat seat, String instance, long firstCall, List<byte[]> calls) throws FencedException {
        Row row = seated(seat, instance);
        if (firstCall > row.lastCall + 1 && mistake != Mistake.EPOCHS_ARE_NOT_CHECKED) {
            throw new IllegalStateException("Calls are missing before " + firstCall);
        }
        for (int i = 0; i < calls.size(); i++) {
            if (firstCall + i > row.lastCall || mistake == Mistake.APPENDED_TWICE) {
                row.lastCall = Math.max(row.lastCall, firstCall + i);
                write(seat.member(), seat.epoch(), firstCall + i, calls.get(i));
            }
        }
        row.beat();
    }

    synchronized List<Entry> read(long from, int atMost) {
        return log.tailMap(from, true).values().stream().limit(atMost).toList();
    }

    synchronized Pulse touch(Seat seat, String instance, long applied, Map<String, Long> silent)
            throws FencedException {
        Row row = seated(seat, instance);
        row.beat();
        row.applied = applied;
        for (Row other : members.values()) {
            Long beat = silent.get(other.who.member());
            if (!other.lost && beat != null && beat == other.beat) {
                other.lost = true;
                if (mistake == Mistake.NOBODY_IS_SET_ASIDE) {
                    continue;
                }
                write(other.who.member(), other.epoch, Entry.LOST, new byte[0]);
            }
        }
        version = Math.max(
                version,
                members.values().stream()
                        .filter(each -> !each.lost)
                        .mapToInt(each -> each.who.version())
                        .min()
                        .orElse(version));
        List<MemberRow> views = members.values().stream()
                .map(each -> new MemberRow(
                        new MemberView(
                                each.who.member(),
                                each.who.url(),
                                each.who.version(),
                                Instant.ofEpochMilli(each.seen),
                                each.lost),
                        each.beat,
                        each.who.lostAfter()))
                .toList();
        return new Pulse(time(), version, views);
    }

    synchronized Optional<StoredSnapshot> snapshot() {
        return Optional.ofNullable(snapshots.lastEntry()).map(Map.Entry::getValue);
    }

    synchronized StoredSnapshot keep(StoredSnapshot snapshot) {
        StoredSnapshot before = snapshots.putIfAbsent(snapshot.seq(), snapshot);
        while (snapshots.size() > 2) {
            snapshots.pollFirstEntry();
        }
        long applied = members.values().stream()
                .filter(each -> !each.lost)
                .mapToLong(each -> each.applied)
                .min()
                .orElse(0);
        log.headMap(Math.min(applied, snapshots.lastKey())).clear();
        return before == null ? snapshot : before;
    }
}
