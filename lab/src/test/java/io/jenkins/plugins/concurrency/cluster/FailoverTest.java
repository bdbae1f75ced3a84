package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of which each knows two databases: the one that is written to, and its standby. */
class FailoverTest {
    private static final String REALM = "failover_test";
    private static final String LOST_SECONDS = "20";

    @TempDir
    private Path directory;

    @Test
    void whenTheDatabaseIsLostAllGoOnWithItsStandby() throws Exception {
        assumeTrue(PostgresServer.missing() == null, PostgresServer.missing());
        try (PostgresServer server = PostgresServer.start();
                PostgresServer standby = server.startStandby();
                Processes processes = new Processes(
                        member -> server.port() + "," + standby.port(),
                        REALM,
                        directory.resolve("journal"),
                        List.of(LOST_SECONDS, "60", "true", "2"))) {
            server.newRealm(REALM);
            for (String member : List.of("a", "b", "c")) {
                processes.start(member);
            }
            processes.awaitStart(60);
            awaitAll(processes);
            server.kill();
            standby.promote();
            awaitAll(processes);
            processes.finish(60);
            int bodies = new JournalWitness().judge(processes.journal().read());
            LogWitness.look(standby, REALM);
            assertThat(bodies, greaterThan(6));
        }
    }

    private static void awaitAll(Processes processes) throws Exception {
        for (String member : processes.names()) {
            processes.awaitBody(member);
        }
    }
}
