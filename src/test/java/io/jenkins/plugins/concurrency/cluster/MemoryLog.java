package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process' way to a {@link MemoryRealm}, which never fails. */
class MemoryLog implements Log {
    final MemoryRealm realm;
    final String instance;

    MemoryLog(MemoryRealm realm, String instance) {
        this.realm = realm;
        this.instance = instance;
    }

    @Override
    public Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException {
        return realm.join(who);
    }

    @Override
    public void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException {
        realm.append(seat, instance, firstCall, calls);
    }

    @Override
    public List<Entry> read(long from, int atMost) throws LogAwayException {
        return realm.read(from, atMost);
    }

    @Override
    public Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException {
        return realm.touch(seat, instance, applied, silent);
    }

    @Override
    public Optional<StoredSnapshot> snapshot() throws LogAwayException {
        return realm.snapshot();
    }

    @Override
    public StoredSnapshot keep(StoredSnapshot snapshot) throws LogAwayException {
        return realm.keep(snapshot);
    }

    @Override
    public boolean await(Duration atMost) throws LogAwayException {
        return false;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
