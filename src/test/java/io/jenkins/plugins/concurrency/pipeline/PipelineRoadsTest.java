package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import java.util.List;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;

/** What else a Pipeline does around and inside its blocks. */
class PipelineRoadsTest extends StoryTest {
    private WorkflowRun holder() throws Exception {
        WorkflowRun holder = story.start(story.script("holder", Gates.block("'prod'")));
        Gates.awaitAtGate(holder);
        return holder;
    }

    @Test
    void aBuildThatIsRestartedFromAStageAsksLikeAnyOther() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    options { concurrency(group: 'all', limit: 2) }
                    stages {
                        stage('Build') { steps { echo 'built' } }
                        stage('Deploy') {
                            options { concurrency(group: 'prod') }
                            steps { semaphore 'gate' }
                        }
                    }
                }
                """);
        WorkflowRun first = story.start(job);
        finish(first);
        WorkflowRun holder = holder();
        first.getAction(RestartDeclarativePipelineAction.class).run("Deploy");
        Gates.eventually("it is restarted", () -> job.getBuildByNumber(2) != null);
        WorkflowRun restarted = job.getBuildByNumber(2);
        jenkins.waitForMessage("Waiting for group 'prod'", restarted);
        jenkins.assertLogContains("Got slot 1 of group 'all'", restarted);
        jenkins.assertLogNotContains("built", restarted);
        finish(holder);
        finish(restarted);
    }

    @Test
    void anAttemptThatFailsFreesItsSlotAndTheNextOneLinesUpBehindTheOthers() throws Exception {
        WorkflowRun run = story.start(story.script("again", """
                int attempt = 0
                retry(2) {
                    concurrency('prod') {
                        semaphore 'gate'
                        if (++attempt == 1) { error 'the first one fails' }
                    }
                }
                """));
        Gates.awaitAtGate(run);
        WorkflowRun other = story.waiting(story.script("other", Gates.block("'prod'")));
        Gates.open(run);
        Gates.awaitAtGate(other);
        jenkins.waitForMessage("Held by other #1", run);
        finish(other);
        finish(run);
    }

    @Test
    void aTimeoutAroundTheBlockEndsTheWaitAndOneInsideFreesTheSlot() throws Exception {
        WorkflowRun holder = holder();
        WorkflowRun around = story.start(story.script(
                "around", "timeout(time: 1, unit: 'SECONDS') { concurrency('prod') { semaphore 'never' } }"));
        story.ended(around, Result.ABORTED);
        jenkins.assertLogContains("Timeout has been exceeded", around);
        jenkins.assertLogNotContains("Got slot", around);
        WorkflowRun inside = story.waiting(story.script(
                "inside", "concurrency('prod') { timeout(time: 1, unit: 'SECONDS') { semaphore 'never' } }"));
        WorkflowRun next = story.waiting(story.script("next", Gates.block("'prod'")));
        finish(holder);
        story.ended(inside, Result.ABORTED);
        finish(next);
    }

    @Test
    void aQuestionInsideTheBlockKeepsTheSlotUntilItIsAnswered() throws Exception {
        WorkflowJob job = story.script("ask", "concurrency('prod') { input id: 'Go', message: 'Go?' }");
        WorkflowRun first = story.start(job);
        jenkins.waitForMessage("Go?", first);
        WorkflowRun second = story.waiting(job);
        WorkflowRun third = story.waiting(job);
        first.getAction(InputAction.class).getExecution("Go").doProceedEmpty();
        story.ended(first, Result.SUCCESS);
        jenkins.waitForMessage("Go?", second);
        jenkins.assertLogNotContains("Got slot", third);
        second.getAction(InputAction.class).getExecution("Go").doAbort();
        story.ended(second, Result.ABORTED);
        jenkins.waitForMessage("Go?", third);
        third.getAction(InputAction.class).getExecution("Go").doProceedEmpty();
        story.ended(third, Result.SUCCESS);
    }

    @Test
    void aBranchThatFailsFastTakesThoseWithItThatHoldAndThatWait() throws Exception {
        WorkflowRun run = story.start(story.script("fast", """
                parallel failFast: true,
                    holds: { concurrency('prod') { semaphore 'gate' } },
                    waits: { sleep time: 1, unit: 'MILLISECONDS'; concurrency('prod') { semaphore 'gate' } },
                    fails: { semaphore 'fails' }
                """));
        SemaphoreStep.waitForStart("fails/1", run);
        jenkins.waitForMessage("Waiting for group 'prod'", run);
        WorkflowRun next = story.waiting(story.script("next", Gates.block("'prod'")));
        Gates.eventually("one is in, beside the one that is to fail", () -> Gates.countAtGate(run) == 2);
        SemaphoreStep.failure("fails/1", new IllegalStateException("it fails"));
        story.ended(run, Result.FAILURE);
        finish(next);
        assertEquals(1, Gates.times("Got slot", run));
    }

    @Test
    void theCellsOfAMatrixAreInsideTheBlockOfTheWholePipeline() throws Exception {
        WorkflowJob job = story.script("matrix", """
                pipeline {
                    agent none
                    options { concurrency(group: 'prod') }
                    stages {
                        stage('Test') {
                            matrix {
                                axes { axis { name 'OS'; values 'linux', 'windows' } }
                                stages {
                                    stage('Run') {
                                        options { concurrency(group: 'prod') }
                                        steps { semaphore 'gate' }
                                    }
                                }
                            }
                        }
                    }
                }
                """);
        WorkflowRun first = story.start(job);
        Gates.eventually("both are in", () -> Gates.countAtGate(first) == 2);
        WorkflowRun second = story.waiting(job);
        Gates.open(first);
        story.ended(first, Result.SUCCESS);
        Gates.eventually("both are in", () -> Gates.countAtGate(second) == 2);
        Gates.open(second);
        story.ended(second, Result.SUCCESS);
        for (WorkflowRun run : List.of(first, second)) {
            assertEquals(1, Gates.times("Got slot", run));
            assertTrue(Gates.times("This block is inside another block of group 'prod'", run) == 2);
        }
    }
}
