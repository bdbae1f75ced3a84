package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A real log of which some answers are lost, after what was asked for was done. */
final class LossyLog implements Log {
    private static final int ONE_IN = 50;

    private final Log log;

    LossyLog(Log log) {
        this.log = log;
    }

    private static void lose() throws LogAwayException {
        if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
            throw new LogAwayException("the answer was lost", null);
        }
    }

    @Override
    public Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException {
        return log.join(who);
    }

    @Override
    public void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException {
        log.append(seat, firstCall, calls);
        lose();
    }

    @Override
    public List<Entry> read(long from, int atMost) throws LogAwayException {
        return log.read(from, atMost);
    }

    @Override
    public Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException {
        Pulse pulse = log.touch(seat, applied, silent);
        lose();
        return pulse;
    }

    @Override
    public Optional<StoredSnapshot> snapshot() throws LogAwayException {
        return log.snapshot();
    }

    @Override
    public StoredSnapshot keep(StoredSnapshot snapshot) throws LogAwayException {
        return log.keep(snapshot);
    }

    @Override
    public boolean await(Duration atMost) throws LogAwayException {
        return log.await(atMost);
    }

    @Override
    public void close() {
        log.close();
    }
}
