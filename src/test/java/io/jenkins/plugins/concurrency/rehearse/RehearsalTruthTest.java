package io.jenkins.plugins.concurrency.rehearse;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Whether the rehearser tells the truth. It rehearses Jenkinsfiles first; then whatever came from outside there, a new build or
 * work that is done, is made happen in the same order on a real Jenkins. After each of these, all builds must stand where they
 * stood in the rehearsal: at the same semaphores, waiting for as many blocks, or ended with the same result.
 */
@ExtendWith(OneJenkins.class)
class RehearsalTruthTest {
    private static final Path EXAMPLES = Path.of("docs", "examples");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A few of each kind; {@code ./dev truth} takes more. */
    private static final int ROUNDS = 4;

    private static final int BUILDS = 5;
    private static final int OTHER_SEED = 1000;

    private Story story;

    @TempDir
    private Path folder;

    @BeforeEach
    void setUp(JenkinsRule jenkins) {
        assumeTrue(Files.exists(Rehearsal.JAR), "build the rehearser first: mvn -f lab/rehearse/pom.xml package");
        story = new Story(jenkins);
    }

    static Stream<String> examples() throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".Jenkinsfile"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<Integer> seeds() {
        int first = Integer.getInteger("concurrency.seed", 1);
        int count = Integer.getInteger("concurrency.rounds", ROUNDS);
        return IntStream.range(first, first + count).boxed();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleDoesOnJenkinsWhatItWasRehearsedToDo(String name) throws Exception {
        String script = Files.readString(EXAMPLES.resolve(name));
        assertTrue(script.contains("sleep "), "nothing to replace by a semaphore");
        compare(
                List.of("example"),
                script.replaceAll("sleep \\d+ //.*", "semaphore \"\\${env.JOB_BASE_NAME}-\\${env.BUILD_NUMBER}-in\""),
                name.length());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aGeneratedJenkinsfileDoesOnJenkinsWhatItWasRehearsedToDo(int seed) throws Exception {
        String script = seed % 3 == 0 ? JenkinsfileGenerator.declarative(seed) : JenkinsfileGenerator.scripted(seed);
        List<String> jobs = seed % 2 == 0 ? List.of("one", "two") : List.of("one");
        compare(jobs, script, seed);
    }

    private void compare(List<String> names, String script, int seed) throws Exception {
        Files.writeString(folder.resolve("program.Jenkinsfile"), script);
        Rehearsal rehearsal = withoutTies(names, Math.abs(seed));
        List<WorkflowJob> jobs = new ArrayList<>();
        for (String name : names) {
            jobs.add(story.script(name, script));
        }
        RealBuilds real = new RealBuilds(jobs);
        List<Rehearsal.Stimulus> stimuli = rehearsal.stimuli();
        assertTrue(stimuli.size() > BUILDS, "nothing happened");
        for (Rehearsal.Stimulus stimulus : stimuli) {
            real.apply(stimulus);
            real.await(rehearsal.state(stimulus.at()), PATIENCE, script + "\nafter " + stimulus);
        }
    }

    /** One in which no two things happen at the same moment, as then nobody could say which was first. */
    private Rehearsal withoutTies(List<String> jobs, int seed) throws Exception {
        for (int other = seed; ; other += OTHER_SEED) {
            Rehearsal rehearsal = Rehearsal.of(folder, plan(jobs, other));
            List<Rehearsal.Stimulus> stimuli = rehearsal.stimuli();
            if (stimuli.stream().map(Rehearsal.Stimulus::at).distinct().count() == stimuli.size()) {
                return rehearsal;
            }
        }
    }

    private static String plan(List<String> jobs, int seed) {
        StringBuilder plan = new StringBuilder("seed: " + seed + "\njobs:\n");
        for (int job = 0; job < jobs.size(); job++) {
            plan.append("  ").append(jobs.get(job)).append(":\n    jenkinsfile: program.Jenkinsfile\n    builds:\n");
            plan.append("      - {at: ")
                    .append(job * 7.003)
                    .append(", every: 17.011s, count: ")
                    .append(BUILDS)
                    .append("}\n");
        }
        return plan + "steps:\n  semaphore: {median: 30s, sigma: 0.7}\n";
    }
}
