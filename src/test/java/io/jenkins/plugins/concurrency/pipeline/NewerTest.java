package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interruption;
import java.util.List;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An older build that comes to its block after a newer one of its job. */
class NewerTest extends StoryTest {
    /** Its first build has a long way to its block. */
    private WorkflowJob job(String arguments) throws Exception {
        return story.script(
                "deploy",
                "if (env.BUILD_NUMBER == '1') { semaphore 'way' }\n" + Gates.block("group: 'prod', " + arguments));
    }

    private WorkflowRun onItsWay(WorkflowJob job) throws Exception {
        WorkflowRun run = story.start(job);
        SemaphoreStep.waitForStart("way/1", run);
        return run;
    }

    private static void arrives() {
        SemaphoreStep.success("way/1", null);
    }

    private void assertSuperseded(WorkflowRun old, WorkflowRun by, Result result) throws Exception {
        story.ended(old, result);
        jenkins.assertLogContains(
                "No longer waiting for group 'prod' of the top level: superseded by deploy #" + by.getNumber(), old);
        jenkins.assertLogContains("Superseded by deploy #" + by.getNumber() + " in group 'prod'", old);
        Interruption cause = (Interruption)
                old.getAction(InterruptedBuildAction.class).getCauses().get(0);
        assertEquals(by, cause.getNewerBuild());
        jenkins.assertLogNotContains("Got slot", old);
    }

    private static int waiting() {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 0)
                .orElseThrow()
                .waitingCount();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABORTED", "NOT_BUILT"})
    void theLatestIsTheOneWithTheHighestNumberNotTheOneThatComesLast(String result) throws Exception {
        WorkflowJob job = job("behavior: 'QUEUE_LATEST', result: '" + result + "'");
        WorkflowRun old = onItsWay(job);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun latest = story.waiting(job);
        arrives();
        assertSuperseded(old, latest, Result.fromString(result));
        assertEquals(1, waiting());
        finish(List.of(running, latest));
    }

    @Test
    void anOldBuildThatComesLateCancelsNoNewerOne() throws Exception {
        WorkflowJob job = job("behavior: 'CANCEL_RUNNING'");
        WorkflowRun old = onItsWay(job);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        arrives();
        assertSuperseded(old, running, Result.ABORTED);
        assertTrue(Gates.isAtGate(running));
        assertEquals(0, waiting());
        finish(running);
    }

    /** It is the build that is superseded, as one that waits is: its other branches end too. */
    @Test
    void theWholeOldBuildEnds() throws Exception {
        WorkflowJob job = story.script("deploy", """
                parallel one: {
                    if (env.BUILD_NUMBER == '1') { semaphore 'way' }
                    catchError { concurrency(group: 'prod', behavior: 'QUEUE_LATEST') { semaphore 'gate' } }
                    echo 'went on'
                }, other: {
                    if (env.BUILD_NUMBER == '1') { semaphore 'other' }
                }
                """);
        WorkflowRun old = onItsWay(job);
        SemaphoreStep.waitForStart("other/1", old);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        arrives();
        assertSuperseded(old, running, Result.ABORTED);
        finish(running);
    }

    @Test
    void betweenJobsThatAgreeTheLaterArrivalIsNewerWhateverTheNumbers() throws Exception {
        String arguments = "group: 'prod', behavior: 'CANCEL_RUNNING'";
        WorkflowJob many = story.script("many", Gates.block(arguments));
        WorkflowRun last = null;
        for (int i = 0; i < 3; i++) {
            WorkflowRun next = story.start(many);
            Gates.awaitAtGate(next);
            if (last != null) {
                story.ended(last, Result.ABORTED);
            }
            last = next;
        }
        WorkflowRun newcomer = story.start(story.script("one", Gates.block(arguments)));
        story.ended(last, Result.ABORTED);
        jenkins.assertLogContains("Cancelled by one #1 in group 'prod'", last);
        finish(newcomer);
    }
}
