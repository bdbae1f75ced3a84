package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.Gates;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What the log of a build tells while it waits. */
class WaitLogTest extends StoryTest {
    @Test
    void whoComesToTheFrontIsToldSoonAndWhoHoldsTheGroupThen() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        finish(first);
        WorkflowRun third = waiting.get(1);
        jenkins.waitForMessage("Still waiting for group 'prod' of the top level after", third);
        jenkins.assertLogContains("place 1 in the queue. Held by deploy #2.", third);
        finish(waiting);
        assertEquals(1, Gates.times("Still waiting", third));
    }
}
