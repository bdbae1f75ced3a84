package io.jenkins.plugins.concurrency.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process' way to the database: calls are lost on it, or their answers are, or they arrive when nobody waits any more. */
final class SimulatedLog extends MemoryLog {
    /** Which of a controller's ways are cut. Without a way back, only what is sent at first arrives: no new connection is made. */
    static final class Link {
        boolean out;
        boolean back;
        private boolean broken;
        private final SimulatedController of;

        Link(SimulatedController of) {
            this.of = of;
        }

        /** Whether nothing arrives. */
        boolean isCut() {
            broken &= back;
            return out || broken;
        }

        private boolean loses() {
            broken |= back;
            return back;
        }
    }

    private final SimulatedNetwork network;
    private final Link link;

    SimulatedLog(MemoryRealm realm, String instance, SimulatedNetwork network, Link link) {
        super(realm, instance);
        this.network = network;
        this.link = link;
    }

    private void go() throws LogAwayException {
        network.meanwhile(link.of::flush);
        if (network.down || link.isCut() || !network.healed && network.random.nextInt(60) == 0) {
            throw new LogAwayException("lost on the way", null);
        }
    }

    private void comeBack() throws LogAwayException {
        if (link.loses() || !network.healed && network.random.nextInt(40) == 0) {
            throw new LogAwayException("the answer was lost", null);
        }
    }

    @Override
    public Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException {
        if (!network.healed && network.random.nextInt(25) == 0) {
            network.delay(() -> joinLate(who));
            throw new LogAwayException("it takes too long", null);
        }
        go();
        Seat seat = super.join(who);
        comeBack();
        return seat;
    }

    /**
     * Unless the process has died meanwhile, and its connections with it. Of two with one name, both would be out then, and
     * nobody would give back what they hold.
     */
    private void joinLate(Introduction who) throws OutdatedException, FencedException {
        if (!link.of.twin && instance.equals(link.of.instance)) {
            realm.join(who);
        }
    }

    @Override
    public void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException {
        network.meanwhile();
        if (!link.of.acts() || !network.healed && network.random.nextInt(25) == 0) {
            List<byte[]> late = List.copyOf(calls);
            network.delay(() -> realm.append(seat, instance, firstCall, late));
            throw new LogAwayException("it takes too long", null);
        }
        go();
        super.append(seat, firstCall, calls);
        comeBack();
    }

    @Override
    public List<Entry> read(long from, int atMost) throws LogAwayException {
        go();
        comeBack();
        return super.read(from, atMost);
    }

    @Override
    public Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException {
        go();
        Pulse pulse = super.touch(seat, applied, silent);
        if (Boolean.getBoolean("concurrency.trace")) {
            System.out.println("    touch of " + instance + " silent " + silent + " " + pulse);
        }
        comeBack();
        return pulse;
    }

    @Override
    public Optional<StoredSnapshot> snapshot() throws LogAwayException {
        go();
        return super.snapshot();
    }

    @Override
    public StoredSnapshot keep(StoredSnapshot snapshot) throws LogAwayException {
        go();
        StoredSnapshot kept = super.keep(snapshot);
        comeBack();
        return kept;
    }
}
