package io.jenkins.plugins.concurrency.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.RealController;
import io.jenkins.plugins.concurrency.faults.body.Notes;
import io.jenkins.plugins.concurrency.faults.body.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins is killed again and again while people do all kinds of things to it. Now and then it is left alone until
 * all builds have ended, and a {@link Witness} judges what they noted.
 *
 * <p>{@code -Dconcurrency.rounds} says how often it is killed, and {@code -Dconcurrency.seed} has people do the same again,
 * although never at quite the same moments.
 */
class KillRoundsTest {
    private static final int ROUNDS = Integer.getInteger("concurrency.rounds", 2);
    private static final long SEED = Long.getLong("concurrency.seed", new Random().nextInt(1_000_000));
    private static final int BETWEEN_JUDGEMENTS = 5;

    private final Random random = new Random(SEED);
    private final List<String> violations = new ArrayList<>();
    private Path notes;
    private int judged;

    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create()
            // Which would be counted from the first start.
            .withTimeout(0)
            .addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin(Work.class).shortName("bodies"));

    @Test
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void noLimitIsExceededAndNobodyIsLostHoweverOftenTheControllerIsKilled() throws Throwable {
        System.out.println(ROUNDS + " rounds, -Dconcurrency.seed=" + SEED);
        notes = controller.createTempDirectory("notes").resolve("notes.txt");
        controller.javaOptions("-D" + Notes.FILE + "=" + notes);
        controller.startJenkins();
        controller.runRemotely(KillRoundsTest::create);
        for (int round = 1; round <= ROUNDS; round++) {
            disturb(round);
            controller.startJenkins();
            Notes.add(notes, "up", "-", "-");
            if (round % BETWEEN_JUDGEMENTS == 0 || round == ROUNDS) {
                judge(round);
            }
        }
        assertEquals(List.of(), violations, () -> "with -Dconcurrency.seed=" + SEED);
    }

    private static void create(JenkinsRule jenkins) throws Exception {
        Jobs.createAll();
    }

    /** People are at work until the controller goes down, at any moment. */
    private void disturb(int round) throws Exception {
        Thread people = new Thread(() -> {
            try {
                controller.runRemotely(Workload::run, SEED, round);
            } catch (Throwable x) {
                // The controller was killed.
                System.out.println("Round " + round + " is over: " + x);
            }
        });
        people.start();
        Thread.sleep(500 + random.nextInt(12_000));
        if (random.nextInt(6) == 0) {
            Notes.add(notes, "stopping", "-", "-");
            controller.stopJenkins();
            people.join();
            Notes.add(notes, "stop", "-", "-");
        } else {
            Process process = controller.getProcess();
            controller.stopJenkinsForcibly();
            process.waitFor();
            people.join();
            Notes.add(notes, "kill", "-", "-");
        }
    }

    private void judge(int round) throws Throwable {
        List<String> left = controller.runRemotely(Settled::look);
        List<String> lines = newNotes();
        List<String> found = new ArrayList<>(left);
        found.addAll(Witness.judge(lines));
        System.out.println("After round %d: %d notes, %d bodies, %s"
                .formatted(
                        round,
                        lines.size(),
                        lines.stream().filter(line -> line.contains(" in ")).count(),
                        found.isEmpty() ? "all is well" : found));
        if (!found.isEmpty()) {
            Path kept = Files.createDirectories(Path.of("target", "faults")).resolve(SEED + "-" + round + ".txt");
            Files.write(kept, lines);
            System.out.println("The notes are in " + kept);
        }
        violations.addAll(found);
    }

    private List<String> newNotes() throws IOException {
        List<String> all = Files.readAllLines(notes);
        List<String> since = all.subList(judged, all.size());
        judged = all.size();
        return since;
    }
}
