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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed. */
class CrashTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create();

    private static void fill(JenkinsRule jenkins, FlowDurabilityHint durability) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.addProperty(new DurabilityHintJobProperty(durability));
        job.setDefinition(new CpsFlowDefinition("concurrency(group: 'prod', limit: 3) { input 'go on?' }", true));
        for (int number = 1; number <= 23; number++) {
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage(number <= 3 ? "go on?" : "Waiting for ", run);
        }
        leave(jenkins, run(job, 1));
        await(() -> inside(job).equals(List.of(2, 3, 4)));
        if (durability.isPersistWithEveryStep()) {
            Gates.saveAll();
        }
        assertEquals(List.of("2:[2]", "3:[3]", "4:[1]"), slots());
    }

    private static WorkflowRun run(WorkflowJob job, int number) {
        return job.getBuildByNumber(number);
    }

    private static GroupView prod() {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 50)
                .orElseThrow();
    }

    private static List<String> slots() {
        return prod().running().stream()
                .map(view -> view.owner().number() + ":" + view.slots())
                .sorted()
                .toList();
    }

    private static List<Integer> inside(WorkflowJob job) {
        return job.getBuilds().stream()
                .filter(run -> run.isBuilding() && run.getAction(InputAction.class) != null)
                .map(WorkflowRun::getNumber)
                .sorted()
                .toList();
    }

    private static void leave(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        input(run).proceed(null);
        jenkins.assertBuildStatusSuccess(Gates.ended(run));
    }

    private static InputStepExecution input(WorkflowRun run) throws Exception {
        return run.getAction(InputAction.class).getExecutions().get(0);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "not in time");
            Thread.sleep(50);
        }
    }

    private void crashWith(FlowDurabilityHint durability) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(CrashTest::fill, durability);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
    }

    @Test
    void theSameOnesRunAndTheRestFollowInTheOldOrder() throws Throwable {
        crashWith(FlowDurabilityHint.MAX_SURVIVABILITY);
        controller.runRemotely(CrashTest::goOn);
    }

    private static void goOn(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        await(ConcurrencyManager.get()::isRecovered);
        assertEquals(List.of("2:[2]", "3:[3]", "4:[1]"), slots());
        assertEquals(
                LongStream.rangeClosed(5, 23).boxed().toList(),
                prod().waiting().stream().map(view -> view.owner().number()).toList());
        for (int number = 2; number <= 23; number++) {
            List<Integer> expected = IntStream.rangeClosed(number, Math.min(number + 2, 23))
                    .boxed()
                    .toList();
            await(() -> inside(job).equals(expected));
            leave(jenkins, run(job, number));
        }
        await(() -> ConcurrencyManager.get().groups().isEmpty());
    }

    @Test
    void buildsThatDoNotSurviveHoldNothing() throws Throwable {
        crashWith(FlowDurabilityHint.PERFORMANCE_OPTIMIZED);
        controller.runRemotely(CrashTest::startAgain);
    }

    private static void startAgain(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        await(ConcurrencyManager.get()::isRecovered);
        for (int number = 2; number <= 23; number++) {
            assertEquals(Result.FAILURE, Gates.ended(run(job, number)).getResult());
        }
        assertEquals(List.of(), ConcurrencyManager.get().groups());
        WorkflowRun newcomer = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("go on?", newcomer);
        assertEquals(List.of("24:[1]"), slots());
        leave(jenkins, newcomer);
        await(() -> ConcurrencyManager.get().groups().isEmpty());
    }
}
