package io.jenkins.plugins.concurrency.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the log, and applies it to the replica. */
final class Reader {
    private final SharedGroupsSettings settings;
    private final Log log;
    private final Deque<StoredSnapshot> taken = new ArrayDeque<>();
    private volatile Replica replica;
    /** The last entry that was applied; null if that is not known, as the replica was made from a snapshot. */
    private Entry last;
    /** Whether the replica is to be made anew. */
    private boolean stale = true;

    Reader(SharedGroupsSettings settings, Log log) {
        this.settings = settings;
        this.log = log;
        replica = new Replica(settings.member());
    }

    Replica replica() {
        return replica;
    }

    /** Makes the replica from the newest snapshot, if it cannot simply go on. */
    void load() throws LogAwayException {
        if (!stale) {
            return;
        }
        Optional<StoredSnapshot> stored = log.snapshot();
        replica = stored.isPresent()
                ? new Replica(settings.member(), StateCodec.decode(stored.get()))
                : new Replica(settings.member());
        last = null;
        taken.clear();
        stale = false;
    }

    /**
     * Applies what is new.
     *
     * @return empty if the log does not go on from here: what follows was deleted, or what was applied is no part of it
     */
    Optional<List<Applied>> read(int atMost) throws LogAwayException, OutdatedException {
        long seq = replica.seq();
        List<Entry> entries = log.read(Math.max(1, seq), atMost);
        if (!goesOn(entries)) {
            stale = true;
            return Optional.empty();
        }
        List<Applied> page = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.seq() > seq) {
                if (entry.version() > Version.CURRENT) {
                    throw new OutdatedException(Version.CURRENT, entry.version());
                }
                page.add(replica.apply(entry));
                if (entry.seq() % settings.snapshotEvery() == 0) {
                    taken.add(StateCodec.encode(replica.state()));
                }
            }
            last = entry;
        }
        return Optional.of(page);
    }

    /** Whether these begin with the last entry that was applied. */
    private boolean goesOn(List<Entry> entries) {
        if (replica.seq() == 0) {
            return entries.isEmpty() || entries.get(0).seq() == 1;
        }
        return !entries.isEmpty()
                && entries.get(0).seq() == replica.seq()
                && (last == null || last.isSameAs(entries.get(0)));
    }

    /**
     * Compares what this member knows with what others do, at the same entries.
     *
     * @return the first entry after which that is not the same
     */
    OptionalLong compare() throws LogAwayException {
        while (!taken.isEmpty()) {
            StoredSnapshot own = taken.peek();
            StoredSnapshot kept = log.keep(own);
            taken.poll();
            if (!kept.hasSameHash(own)) {
                stale = true;
                return OptionalLong.of(own.seq());
            }
        }
        return OptionalLong.empty();
    }
}
