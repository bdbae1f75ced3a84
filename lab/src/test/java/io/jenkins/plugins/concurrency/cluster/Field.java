package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Three controllers as processes, each with a network of its own to one database, and the journal that judges them. */
final class Field implements AutoCloseable {
    private static final int START_SECONDS = 180;
    private static final int FINISH_SECONDS = 120;

    private final PostgresServer server;
    private final String realm;
    private final int lostSeconds;
    private final Map<String, Wire> wires = new LinkedHashMap<>();
    private final Processes processes;

    Field(PostgresServer server, String realm, Path journal, int lostSeconds) throws IOException {
        this.server = server;
        this.realm = realm;
        this.lostSeconds = lostSeconds;
        for (String member : List.of("a", "b", "c")) {
            wires.put(member, new Wire(server.port()));
        }
        processes = new Processes(
                member -> String.valueOf(wire(member).port()),
                realm,
                journal,
                List.of(String.valueOf(lostSeconds), "60", "true", "2"));
    }

    void start() throws Exception {
        for (String member : members()) {
            processes.start(member);
        }
        processes.awaitStart(START_SECONDS);
    }

    PostgresServer server() {
        return server;
    }

    String realm() {
        return realm;
    }

    int lostSeconds() {
        return lostSeconds;
    }

    List<String> members() {
        return List.copyOf(wires.keySet());
    }

    Wire wire(String member) {
        return wires.get(member);
    }

    Processes processes() {
        return processes;
    }

    /** Waits until others than this one get in after it must have been lost: nobody waits behind it. */
    void awaitLost(String member) throws Exception {
        TimeUnit.SECONDS.sleep(2L * lostSeconds);
        processes.awaitOthers("pool", member);
    }

    /** @return how many bodies there were; a violation if anything was wrong with them */
    int finish() throws Exception {
        processes.finish(FINISH_SECONDS);
        int bodies = new JournalWitness().judge(processes.journal().read());
        LogWitness.look(server, realm);
        return bodies;
    }

    @Override
    public void close() throws IOException {
        processes.close();
        for (Wire wire : wires.values()) {
            wire.close();
        }
    }
}
