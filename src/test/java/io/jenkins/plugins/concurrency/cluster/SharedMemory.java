package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/** A log in memory by which controllers share groups, as by a database, where no server is to be started. It can be away. */
public final class SharedMemory {
    private final MemoryRealm realm = new MemoryRealm(System::currentTimeMillis);
    private volatile boolean away;
    private volatile String cutOff = "";

    /** Takes part, as {@link SharedGroups#start} does. */
    public SharedGroups start(SharedGroupsSettings settings, SharedGroupsListener listener, Executor executor) {
        String instance = UUID.randomUUID().toString();
        String member = settings.member();
        return SharedGroups.start(
                settings, instance, new Way(member, instance), new Way(member, instance), listener, executor);
    }

    /** As if the server was down, or up again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** As if the network of this controller, and of no other, was down. */
    public void cutOff(String member) {
        cutOff = member;
    }

    /** The network is up again. */
    public void reconnect() {
        cutOff = "";
    }

    /** The way of one thread of a process, which waits for entries, and fails while the log is away. */
    private final class Way extends MemoryLog {
        private final String member;
        private long read;

        Way(String member, String instance) {
            super(SharedMemory.this.realm, instance);
            this.member = member;
        }

        private void check() throws LogAwayException {
            if (away || cutOff.equals(member)) {
                throw new LogAwayException("The log is away.", null);
            }
        }

        @Override
        public Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException {
            check();
            return super.join(who);
        }

        @Override
        public void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException {
            check();
            super.append(seat, firstCall, calls);
        }

        @Override
        public List<Entry> read(long from, int atMost) throws LogAwayException {
            check();
            List<Entry> entries = super.read(from, atMost);
            read = entries.isEmpty()
                    ? from - 1
                    : entries.get(entries.size() - 1).seq();
            return entries;
        }

        @Override
        public Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException {
            check();
            return super.touch(seat, applied, silent);
        }

        @Override
        public Optional<StoredSnapshot> snapshot() throws LogAwayException {
            check();
            return super.snapshot();
        }

        @Override
        public boolean await(Duration atMost) throws LogAwayException {
            check();
            try {
                return realm.awaitAfter(read, atMost);
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
