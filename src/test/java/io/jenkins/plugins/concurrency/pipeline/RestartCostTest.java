package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.RealController;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * What a restart costs with many waiting Pipelines: how long after the new JVM's start slots are granted, beside how long
 * Jenkins itself takes to resume them. {@code -Dconcurrency.waiting=1000} for a real measurement.
 */
class RestartCostTest {
    private static final int WAITING = Integer.getInteger("concurrency.waiting", 40);
    private static final String READY = "Ready to run at ";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ROOT);
    private static final GroupKey RIG = new GroupKey(Scope.FOLDER, "", "rig");

    @RegisterExtension
    private final RealJenkinsExtension controller =
            RealController.create("-Dconcurrency.waiting=" + WAITING, "-Xmx2g").withTimeout(1200);

    @Test
    void slotsAreGrantedAsSoonAsAllBuildsAreResumed() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(RestartCostTest::fill);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(RestartCostTest::measure);
    }

    private static void fill(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(
                new CpsFlowDefinition("concurrency('rig') { if (env.BUILD_NUMBER == '1') { input 'go on?' } }", true));
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Got slot", first);
        for (int i = 0; i < WAITING; i++) {
            job.scheduleBuild2(0).waitForStart();
        }
        Gates.eventually("all wait", () -> waiting() == WAITING, Duration.ofMinutes(10));
        Gates.saveAll();
    }

    private static void measure(JenkinsRule jenkins) throws Exception {
        Gates.eventually("slots are granted", () -> opened().findFirst().isPresent(), Duration.ofMinutes(10));
        assertEquals(WAITING, waiting());
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        long resumed = 0;
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        for (WorkflowRun run : job.getBuilds()) {
            resumed = Math.max(resumed, resumedAt(run));
        }
        long open = opened().findFirst().orElseThrow().getMillis();
        System.out.printf(
                "%d waiting Pipelines: slots are granted %d ms after the start of the JVM, Pipeline had resumed the last one after %d ms%n",
                WAITING, open - start, resumed - start);
        assertTrue(open - resumed < 30_000, () -> "slots were granted late");
        WorkflowRun first = job.getBuildByNumber(1);
        first.doStop();
        Gates.eventually(
                "all are through", () -> job.getLastBuild().getResult() == Result.SUCCESS, Duration.ofMinutes(10));
    }

    /** What the log says as slots are granted. */
    private static Stream<LogRecord> opened() {
        return Jenkins.logRecords.stream()
                .filter(record -> String.valueOf(record.getMessage()).startsWith("Restored"));
    }

    /** When Pipeline had resumed a build, as it says in the build's log, in whole seconds. */
    private static long resumedAt(WorkflowRun run) throws Exception {
        String line = Arrays.stream(JenkinsRule.getLog(run).split("\n"))
                .filter(text -> text.startsWith(READY))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run + " was not resumed"));
        return Instant.from(DATE.parse(line.substring(READY.length()).trim())).toEpochMilli();
    }

    private static int waiting() {
        return ConcurrencyManager.get()
                .group(RIG, 0, 0)
                .map(GroupView::waitingCount)
                .orElse(0);
    }
}
