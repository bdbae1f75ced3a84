package io.jenkins.plugins.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.BooleanParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

/** Runs each of {@code docs/examples/*.Jenkinsfile} as it is, but for the work that it does, which is a semaphore here. */
@ExtendWith(OneJenkins.class)
class ExamplesTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final Path EXAMPLES = Path.of("docs", "examples");

    private JenkinsRule jenkins;
    private Story story;
    private WorkflowJob job;

    /** The example that a test is about: it cannot be about another one. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Example {
        String value();
    }

    @BeforeEach
    void setUp(JenkinsRule rule, TestInfo test) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        Example about = test.getTestMethod().orElseThrow().getAnnotation(Example.class);
        job = about == null ? null : example(about.value());
    }

    @AfterEach
    void itsBuildsHaveRun() throws Exception {
        if (job != null) {
            assertNotNull(job.getLastBuild(), "no build of the example was started");
        }
    }

    private WorkflowJob example(String name) throws Exception {
        String script = Files.readString(EXAMPLES.resolve(name + ".Jenkinsfile"));
        assertTrue(script.contains("sleep "), "nothing to replace by a semaphore");
        return story.script(
                name,
                script.replaceAll("sleep \\d+ //.*", "semaphore \"\\${env.JOB_BASE_NAME}-\\${env.BUILD_NUMBER}-in\""));
    }

    @Test
    void eachExampleHasItsTest() throws Exception {
        List<String> tested = Arrays.stream(ExamplesTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && method.isAnnotationPresent(Example.class))
                .map(method -> method.getAnnotation(Example.class).value() + ".Jenkinsfile")
                .sorted()
                .toList();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".Jenkinsfile"))
                            .sorted()
                            .toList(),
                    tested);
        }
    }

    @Test
    @Example("deploy-queue")
    void twoDeploymentsRunAndTheThirdWaits() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.inside(job);
        WorkflowRun third = story.waiting(job);
        story.finish(first);
        story.awaitInside(third);
        story.finish(second);
        story.finish(third);
    }

    @Test
    @Example("pull-requests")
    void aNewPushCancelsTheOlderOne() throws Exception {
        WorkflowRun older = story.inside(job);
        WorkflowRun newer = story.start(job);
        story.ended(older, Result.ABORTED);
        story.awaitInside(newer);
        story.finish(newer);
    }

    @Test
    @Example("latest-waits")
    void onlyTheLatestWaits() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun outdated = story.waiting(job);
        WorkflowRun latest = story.waiting(job);
        story.ended(outdated, Result.ABORTED);
        story.finish(running);
        story.awaitInside(latest);
        story.finish(latest);
    }

    @Test
    @Example("stage-wide-limit")
    void noMoreThanTwoShardsRunAtOnce() throws Exception {
        WorkflowRun run = story.start(job);
        for (int turn = 1; turn <= 6; turn++) {
            SemaphoreStep.waitForStart(Story.semaphore(run) + "/" + turn, run);
            int started = turn;
            assertTrue(count(run, "uses database") <= Math.min(6, started + 1), "more than two at once");
            SemaphoreStep.success(Story.semaphore(run) + "/" + turn, null);
        }
        story.ended(run, Result.SUCCESS);
        assertEquals(6, count(run, "uses database"));
        assertEquals(6, count(run, "uses database 1") + count(run, "uses database 2"));
    }

    private static long count(WorkflowRun run, String text) throws Exception {
        return JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    @Example("read-write-lock")
    void readersReadTogetherAndAWriterWritesAlone() throws Exception {
        WorkflowRun reader = story.inside(job);
        WorkflowRun other = story.inside(job);
        WorkflowRun writer = job.scheduleBuild2(0, new ParametersAction(new BooleanParameterValue("WRITE", true)))
                .waitForStart();
        jenkins.waitForMessage("Waiting for group 'catalogue'", writer);
        WorkflowRun late = story.waiting(job);
        story.finish(reader);
        story.finish(other);
        story.awaitInside(writer);
        jenkins.assertLogContains("Got all slots of group 'catalogue'", writer);
        jenkins.assertLogNotContains("Got slot", late);
        story.finish(writer);
        story.finish(late);
    }

    @Test
    @Example("several-groups")
    void aBuildWaitsUntilItHasADeviceAndALicence() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.inside(job);
        WorkflowRun third = story.waiting(job);
        jenkins.assertLogContains("Waiting for group 'licence'", third);
        jenkins.assertLogContains("device 2", second);
        story.finish(first);
        story.awaitInside(third);
        jenkins.assertLogContains("device 3", third);
        story.finish(second);
        story.finish(third);
    }

    @Test
    @Example("stage-options")
    void aStageWaitsWithoutAnExecutor() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        jenkins.assertLogNotContains("holds an executor", second);
        assertEquals(1, jenkins.jenkins.toComputer().countBusy());
        story.finish(first);
        story.awaitInside(second);
        story.finish(second);
    }

    @Test
    @Example("skip-if-busy")
    void theCleanUpIsLeftOutWhileOneRuns() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.start(job);
        story.ended(second, Result.SUCCESS);
        jenkins.assertLogContains("report", second);
        story.finish(first);
    }
}
