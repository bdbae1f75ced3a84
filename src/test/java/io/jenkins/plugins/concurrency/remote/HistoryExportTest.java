package io.jenkins.plugins.concurrency.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.SilentRequester;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Many builds, in fast motion; what is recorded of them goes through the simulator, as its users run it. */
@ExtendWith(OneJenkins.class)
class HistoryExportTest {
    private static final Path SIMULATOR = Path.of("lab", "target", "concurrency-lab.jar");
    private static final GroupKey PROD = new GroupKey(Scope.CONTROLLER, "", "prod");
    private static final int BUILDS = 10_000;
    private static final int LIMIT = 3;
    /** Somewhat more than its slots can do, at times, so that a queue comes and goes. */
    private static final long BETWEEN_MICROS = 1_200;

    private static final int LONGEST_MILLIS = 6;
    private static final long SEED = 7;

    private final ScheduledExecutorService work = Executors.newScheduledThreadPool(2);
    private final Random random = new Random(SEED);
    private final CountDownLatch ended = new CountDownLatch(BUILDS);

    @TempDir
    private Path folder;

    private final class Build extends SilentRequester {
        private final RequestKey key = RequestKey.random();
        private final long millis = random.nextInt(LONGEST_MILLIS);
        private final int slots = random.nextInt(10) == 0 ? 2 : 1;
        private final Owner owner;

        Build(int number) {
            owner = Owner.build("job", number);
        }

        void come() {
            Request request = Request.of(key, owner, Behavior.QUEUE, new Claim(PROD, slots, false, Claim.ANY_LIMIT));
            ConcurrencyManager.get().request(request, this);
        }

        @Override
        public void onEffect(@NonNull Effect effect) {
            if (effect instanceof Effect.Granted) {
                work.schedule(this::end, millis, TimeUnit.MILLISECONDS);
            }
        }

        private void end() {
            ConcurrencyManager.get().end(key);
            ended.countDown();
        }
    }

    @Test
    void theSimulatorReproducesTheWaitsOfTenThousandBuilds(JenkinsRule jenkins) throws Exception {
        assumeTrue(Files.exists(SIMULATOR), "build the simulator first: mvn -f lab/pom.xml package");
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup(PROD.name(), LIMIT)));
        new Story(jenkins).job("job", "group: 'prod', scope: 'CONTROLLER'");
        for (int i = 0; i < BUILDS; i++) {
            Build build = new Build(i + 1);
            work.schedule(build::come, i * BETWEEN_MICROS, TimeUnit.MICROSECONDS);
        }
        assertTrue(ended.await(2, TimeUnit.MINUTES), () -> ended.getCount() + " have not ended");
        work.shutdown();
        Gates.eventually(
                "all are noted",
                () -> ConcurrencyManager.get().pastLeases().of(PROD).size() == BUILDS);
        String said = simulate(download(jenkins));
        Matcher line = Pattern.compile("Simulated waits of ([0-9,]+) builds .* the worst by ([0-9.]+) s")
                .matcher(said);
        assertTrue(line.find(), said);
        System.out.println(line.group());
        assertEquals("10,000", line.group(1));
        // Times are recorded in milliseconds; two that come in the same one may change places.
        assertTrue(Double.parseDouble(line.group(2)) <= 0.002 * LONGEST_MILLIS, said);
    }

    private Path download(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = Clients.of(jenkins)) {
            String csv = client.goTo("concurrency/group/" + GroupId.of(PROD) + "/history.csv", "text/csv")
                    .getWebResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            return Files.writeString(folder.resolve("history.csv"), csv);
        }
    }

    private String simulate(Path history) throws Exception {
        Path output = folder.resolve("simulator.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        SIMULATOR.toAbsolutePath().toString(),
                        history.toString(),
                        "--no-report")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the simulator does not end");
        return Files.readString(output);
    }
}
