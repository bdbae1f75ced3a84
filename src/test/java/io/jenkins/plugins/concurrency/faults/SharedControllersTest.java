package io.jenkins.plugins.concurrency.faults;

import static io.jenkins.plugins.concurrency.faults.SharedControllers.BUILDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.concurrency.cluster.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Three real controllers share a group of limit 2 by a real PostgreSQL, while one of them or the database is killed, one is
 * frozen, or another one takes its name.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SharedControllersTest {
    private static final String INTERRUPTED =
            "Another controller has the name of this one, so the slots of group 'rig' do not belong to this build any more.";

    private static final String REFUSED = "Another process takes part in the shared groups as 'a'.";

    private static final Duration FREEZE = Duration.ofSeconds(90);

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @RegisterExtension
    private final RealJenkinsExtension a = SharedControllers.create("a");

    @RegisterExtension
    private final RealJenkinsExtension b = SharedControllers.create("b");

    @RegisterExtension
    private final RealJenkinsExtension c = SharedControllers.create("c");

    /** Started only where it is to take the name of the first one. */
    @RegisterExtension
    private final RealJenkinsExtension twin = SharedControllers.create("twin");

    private SharedControllers controllers;

    @BeforeAll
    static void startServer() throws Exception {
        assumeTrue(PostgresServer.missing() == null, PostgresServer.missing());
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void newRealm() throws Exception {
        server.newRealm("concurrency");
        controllers = new SharedControllers(directory, a, b, c);
    }

    @EnabledIfSystemProperty(named = "concurrency.long", matches = "true", disabledReason = "./dev cluster-controllers")
    @Test
    void threeControllersShareAGroupAndNeverAreThreeInside() throws Throwable {
        controllers.start(server);
        controllers.assertAllEndWell(a, b, c);
        assertEquals(3 * BUILDS, controllers.witness().judge());
        controllers.witness().judgeOrder();
    }

    @EnabledIfSystemProperty(named = "concurrency.long", matches = "true", disabledReason = "./dev cluster-controllers")
    @Test
    void oneIsKilledAndComesBack() throws Throwable {
        controllers.start(server);
        controllers.awaitLines(10);
        a.stopJenkinsForcibly();
        // Nobody waits behind it for ever: with what it does not hold, the others go on.
        a.startJenkins();
        a.runRemotely(SharedControllers::awaitTakesPart);
        controllers.assertAllEndWell(b, c);
        // Those that ran when it was killed are resumed, or were lost with it.
        a.runRemotely(SharedControllers::awaitBuilds);
        assertThat(controllers.witness().judge(), greaterThanOrEqualTo(2 * BUILDS));
    }

    private static Long pid(JenkinsRule jenkins) {
        return ProcessHandle.current().pid();
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }

    @EnabledIfSystemProperty(named = "concurrency.long", matches = "true", disabledReason = "./dev cluster-controllers")
    @Test
    void oneIsFrozenAndNobodyWaitsBehindItButWhatItHoldsItHolds() throws Throwable {
        controllers.stay("a-1");
        controllers.start(server);
        controllers.awaitLines(10);
        long pid = a.runRemotely(SharedControllersTest::pid);
        // So that it holds one slot for certain, and the other one is free.
        b.runRemotely(SharedControllers::pause);
        b.runRemotely(SharedControllers::awaitUsed, 1);
        signal("STOP", pid);
        long frozen = System.nanoTime();
        try {
            b.runRemotely(SharedControllers::awaitLost, "a");
            b.runRemotely(SharedControllers::resume);
            controllers.assertAllEndWell(b, c);
            // As long as a paused virtual machine: what it knows of the time is wrong by then.
            TimeUnit.NANOSECONDS.sleep(FREEZE.toNanos() - (System.nanoTime() - frozen));
            b.runRemotely(SharedControllers::awaitUsed, 1);
        } finally {
            signal("CONT", pid);
        }
        assertFalse(controllers.witness().says("leave a-1"));
        controllers.letGo("a-1");
        controllers.assertAllEndWell(a);
        assertEquals(3 * BUILDS, controllers.witness().judge());
        controllers.witness().of("a").judgeOrder();
        controllers.witness().of("b", "c").judgeOrder();
    }

    @EnabledIfSystemProperty(named = "concurrency.long", matches = "true", disabledReason = "./dev cluster-controllers")
    @Test
    void ofTwoWithOneNameTheFirstTakesPartNoMore() throws Throwable {
        controllers.stay("a-1");
        controllers.start(server);
        controllers.awaitLines(10);
        b.runRemotely(SharedControllers::pause);
        b.runRemotely(SharedControllers::awaitUsed, 1);
        controllers.join(twin, "a");
        assertThat(
                a.runRemotely(SharedControllers::awaitFenced),
                containsString(
                        "Another process takes part in the shared groups as a. This controller takes part no more."));
        List<String> ended = a.runRemotely(SharedControllers::awaitBuilds);
        assertThat(ended.get(0), allOf(startsWith("job #1 ABORTED"), containsString(INTERRUPTED)));
        ended.stream().skip(1).forEach(each -> assertThat(each, containsString(REFUSED)));
        assertThat(a.runRemotely(SharedControllers::build), startsWith("FAILURE"));
        b.runRemotely(SharedControllers::resume);
        controllers.assertAllEndWell(b, c);
        assertThat(twin.runRemotely(SharedControllers::build), startsWith("SUCCESS"));
        controllers.witness().judge();
    }

    @Test
    void theDatabaseIsKilledAndComesBack() throws Throwable {
        controllers.start(server);
        controllers.awaitLines(10);
        server.kill();
        for (RealJenkinsExtension each : List.of(a, b, c)) {
            each.runRemotely(SharedControllers::awaitAway);
        }
        server.restart();
        controllers.assertAllEndWell(a, b, c);
        assertEquals(3 * BUILDS, controllers.witness().judge());
        controllers.witness().judgeOrder();
    }
}
