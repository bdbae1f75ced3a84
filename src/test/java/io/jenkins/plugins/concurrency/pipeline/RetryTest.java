package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** The step {@code retry} around a block that somebody, or something, ends. */
class RetryTest extends StoryTest {
    private static String retry(String arguments, String block) {
        return "retry(" + arguments + ") {\n echo 'an attempt'\n concurrency(group: 'prod', " + block
                + ") { semaphore 'gate' }\n}";
    }

    private static long attempts(WorkflowRun run) {
        return Gates.times("an attempt", run);
    }

    private WorkflowRun holder() throws Exception {
        WorkflowRun holder = story.start(story.script("holder", Gates.block("'prod'")));
        Gates.awaitAtGate(holder);
        return holder;
    }

    @Test
    void aWaitThatTookTooLongIsTriedAgainAsAfterATimeout() throws Exception {
        WorkflowRun holder = holder();
        String soon = "waitTimeout: 100, unit: 'MILLISECONDS'";
        WorkflowRun run = story.start(story.script("thrice", retry("3", soon)));
        story.ended(run, Result.ABORTED);
        assertEquals(3, attempts(run));
        assertEquals(3, Gates.times("Waiting for group 'prod'", run));
        jenkins.assertLogContains("Timed out waiting for group 'prod'", run);

        // It is no failure of an agent, or of a step that a restart stopped.
        WorkflowRun agent = story.start(story.script("agent", retry("count: 3, conditions: [agent()]", soon)));
        story.ended(agent, Result.ABORTED);
        assertEquals(1, attempts(agent));
        WorkflowRun restart =
                story.start(story.script("restart", retry("count: 3, conditions: [nonresumable()]", soon)));
        story.ended(restart, Result.ABORTED);
        assertEquals(1, attempts(restart));
        finish(holder);
    }

    @Test
    void aLaterAttemptGetsTheSlotWhenItIsFree() throws Exception {
        WorkflowRun holder = holder();
        WorkflowRun run = story.start(story.script("patient", retry("1000", "waitTimeout: 200, unit: 'MILLISECONDS'")));
        Gates.eventually("it tries again", () -> attempts(run) >= 2);
        finish(holder);
        finish(run);
        assertEquals(1, Gates.times("Got slot", run));
    }

    @Test
    void aBuildThatIsToEndIsNotTriedAgain() throws Exception {
        WorkflowRun holder = holder();
        WorkflowRun aborted = story.waiting(story.script("aborted", retry("3", "limit: 1")));
        aborted.doStop();
        story.ended(aborted, Result.ABORTED);
        assertEquals(1, attempts(aborted));
        WorkflowRun cancelled = story.start(story.script("cancelled", retry("3", "behavior: 'CANCEL'")));
        story.ended(cancelled, Result.ABORTED);
        assertEquals(1, attempts(cancelled));
        WorkflowJob latest = story.script("latest", retry("3", "behavior: 'QUEUE_LATEST'"));
        WorkflowRun superseded = story.waiting(latest);
        WorkflowRun newer = story.waiting(latest);
        story.ended(superseded, Result.ABORTED);
        assertEquals(1, attempts(superseded));
        WorkflowRun failed = story.start(story.script("failed", retry("3", "behavior: 'FAIL'")));
        story.ended(failed, Result.FAILURE);
        assertEquals(3, attempts(failed));
        finish(holder);
        finish(newer);
    }
}
