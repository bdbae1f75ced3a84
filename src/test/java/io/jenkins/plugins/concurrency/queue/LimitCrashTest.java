package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import io.jenkins.plugins.concurrency.RealController;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller's process is killed while builds of a job with a limit run and wait. */
class LimitCrashTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create();

    @Test
    void whoRunsAndWhoWaitsIsTheSame() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(LimitCrashTest::fill);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(LimitCrashTest::goOn);
    }

    private static void fill(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.addProperty(LimitTest.limit(2, Behavior.QUEUE));
        job.setDefinition(new CpsFlowDefinition("input 'go on?'", true));
        Limited limited = new Limited(jenkins, job);
        for (int number = 1; number <= 2; number++) {
            Limited.started(limited.schedule());
            awaitInside(job, number);
        }
        for (int i = 0; i < 3; i++) {
            limited.waiting();
        }
        leave(jenkins, job, 1);
        awaitInside(job, 3);
        assertEquals(List.of("3:[1]", "2:[2]"), running());
        // The queue does so itself every minute.
        Queue.getInstance().save();
    }

    private static void goOn(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
        Limited.until(() -> group().waitingCount() == 2, () -> "waiting: " + group().waiting());
        assertEquals(List.of("3:[1]", "2:[2]"), running());
        assertEquals(
                Arrays.stream(Queue.getInstance().getItems())
                        .map(Queue.Item::getId)
                        .sorted()
                        .toList(),
                group().waiting().stream()
                        .map(RequestView::owner)
                        .map(Owner::number)
                        .toList());
        new Limited(jenkins, job).waiting();
        for (int number = 2; number <= 6; number++) {
            leave(jenkins, job, number);
            if (number + 2 <= 6) {
                awaitInside(job, number + 2);
            }
        }
        Limited.until(() -> ConcurrencyManager.get().groups().isEmpty(), () -> "groups are left");
    }

    /** Inside, and on disk. */
    private static InputStepExecution awaitInside(WorkflowJob job, int number) throws Exception {
        Limited.until(() -> input(job, number).isPresent(), () -> "build " + number + " is not inside; " + state());
        InputStepExecution input = input(job, number).orElseThrow();
        input.getContext().saveState().get(30, TimeUnit.SECONDS);
        return input;
    }

    private static Optional<InputStepExecution> input(WorkflowJob job, int number) {
        return Optional.ofNullable(job.getBuildByNumber(number))
                .map(run -> run.getAction(InputAction.class))
                .flatMap(LimitCrashTest::first);
    }

    private static Optional<InputStepExecution> first(InputAction action) {
        try {
            return action.getExecutions().stream().findFirst();
        } catch (InterruptedException | TimeoutException x) {
            throw new AssertionError(x);
        }
    }

    private static String state() {
        return Arrays.stream(Queue.getInstance().getItems())
                        .map(item -> item + " " + item.getWhy())
                        .toList()
                + known().map(group -> ", running " + group.running() + ", waiting " + group.waiting())
                        .orElse("");
    }

    private static void leave(JenkinsRule jenkins, WorkflowJob job, int number) throws Exception {
        awaitInside(job, number).proceed(null);
        WorkflowRun run = job.getBuildByNumber(number);
        // Not by its executor, which a Pipeline that ends soon after it was resumed may not have had yet.
        Limited.until(() -> !run.isLogUpdated(), () -> run + " does not end; " + state());
        jenkins.assertBuildStatusSuccess(run);
    }

    private static GroupView group() {
        return known().orElseThrow();
    }

    private static Optional<GroupView> known() {
        return ConcurrencyManager.get().group(new GroupKey(Scope.JOB, "deploy", GroupNames.OWN_GROUP), 0, 50);
    }

    private static List<String> running() {
        return group().running().stream()
                .sorted(Comparator.comparing(view -> view.slots().get(0)))
                .map(view -> view.owner().number() + ":" + view.slots())
                .toList();
    }
}
