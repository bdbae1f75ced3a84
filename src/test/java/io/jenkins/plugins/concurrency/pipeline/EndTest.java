package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** The ways in which a build can end, or be gone. */
class EndTest extends StoryTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "", "prod");

    private static int used() {
        return ConcurrencyManager.get().group(PROD, 0, 1).orElseThrow().used();
    }

    @Test
    void aFailureInTheBlockFreesItsSlot() throws Exception {
        WorkflowJob job = story.script("deploy", "concurrency('prod') { semaphore 'gate'; error 'broken' }");
        WorkflowRun failing = story.start(job);
        Gates.awaitAtGate(failing);
        story.define(job, Gates.block("'prod'"));
        WorkflowRun next = story.waiting(job);
        Gates.open(failing);
        story.ended(failing, Result.FAILURE);
        finish(next);
    }

    @Test
    void anAbortWhileRunningFreesItsSlot() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun next = story.waiting(job);
        running.doStop();
        story.ended(running, Result.ABORTED);
        finish(next);
    }

    @Test
    void anAbortWhileWaitingEndsItAtOnceAndStartsNobodyElse() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        waiting.get(0).doStop();
        story.ended(waiting.get(0), Result.ABORTED);
        assertEquals(1, used());
        assertFalse(Gates.isAtGate(waiting.get(1)));
        assertTrue(Gates.isAtGate(running));
        finish(running);
        finish(waiting.get(1));
        jenkins.assertLogNotContains("Got slot", waiting.get(0));
    }

    @Test
    void aWideWaiterThatLeavesLetsThoseBehindItPass() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', limit: 2"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.define(job, Gates.block("group: 'prod', limit: 2, slots: 2"));
        WorkflowRun wide = story.waiting(job);
        story.define(job, Gates.block("group: 'prod', limit: 2"));
        WorkflowRun behind = story.waiting(job);
        wide.doStop();
        story.ended(wide, Result.ABORTED);
        finish(behind);
        finish(running);
    }

    @Test
    void anAbortedWaiterCanCatchThatAndGoesOnWithoutASlot() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.define(job, "catchError { " + Gates.block("'prod'") + "}\nsemaphore 'after'");
        WorkflowRun waiting = story.waiting(job);
        waiting.doStop();
        Gates.awaitAtGate(waiting);
        assertEquals(0, ConcurrencyManager.get().group(PROD, 0, 1).orElseThrow().waitingCount());
        Gates.open(waiting);
        story.ended(waiting, Result.ABORTED);
        finish(running);
    }

    @Test
    void aHardKillOfARunningBuildFreesItsSlotOnce() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', limit: 2"));
        WorkflowRun killed = story.start(job);
        WorkflowRun other = story.start(job);
        Gates.awaitAtGate(killed, other);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        killed.doKill();
        Gates.awaitAtGate(waiting.get(0));
        Idle.sweepFindsNothing();
        killed.doKill();
        killed.doStop();
        assertEquals(2, used());
        assertFalse(Gates.isAtGate(waiting.get(1)));
        finish(List.of(other, waiting.get(0), waiting.get(1)));
    }

    @Test
    void aHardKillOfAWaitingBuildFreesNothingOfTheRunningOne() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        waiting.get(0).doKill();
        story.ended(waiting.get(0), Result.ABORTED);
        Idle.sweepFindsNothing();
        assertFalse(Gates.isAtGate(waiting.get(1)));
        finish(running);
        finish(waiting.get(1));
        jenkins.assertLogNotContains("Got slot", waiting.get(0));
    }

    @Test
    void terminationOfARunningBuildFreesItsSlot() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun next = story.waiting(job);
        running.doTerm();
        story.ended(running, Result.ABORTED);
        finish(next);
    }

    @Test
    void terminationOfAWaitingBuildTakesItOutOfTheQueue() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        waiting.get(0).doTerm();
        story.ended(waiting.get(0), Result.ABORTED);
        finish(running);
        finish(waiting.get(1));
        jenkins.assertLogNotContains("Got slot", waiting.get(0));
    }

    @Test
    void aTerminatedWaiterThatGoesOnIsPassedOver() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.define(job, "catchError { " + Gates.block("'prod'") + "}\nsemaphore 'after'");
        WorkflowRun terminated = story.waiting(job);
        story.define(job, Gates.block("'prod'"));
        WorkflowRun next = story.waiting(job);
        terminated.doTerm();
        Gates.awaitAtGate(terminated);
        finish(running);
        Gates.awaitAtGate(next);
        jenkins.assertLogNotContains("Got slot", terminated);
        Gates.open(terminated);
        Gates.ended(terminated);
        finish(next);
    }

    @Test
    void aRunningBuildIsNotDeletedAndAnEndedOneHasNothing() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        assertThrows(IOException.class, running::delete);
        assertThrows(IOException.class, waiting::delete);
        finish(running);
        running.delete();
        Gates.awaitAtGate(waiting);
        assertEquals(1, used());
        finish(waiting);
    }

    @Test
    void theDeletionOfAJobFreesWhatItsRunningBuildHolds() throws Exception {
        WorkflowJob doomed = story.script("doomed", Gates.block("'prod'"));
        Gates.awaitAtGate(story.start(doomed));
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun next = story.waiting(job);
        doomed.delete();
        finish(next);
    }

    @Test
    void theDeletionOfAJobTakesItsWaitingBuildsOut() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowJob doomed = story.script("doomed", Gates.block("'prod'"));
        story.waiting(doomed, 2);
        WorkflowRun next = story.waiting(job);
        doomed.delete();
        assertEquals(1, used());
        assertFalse(Gates.isAtGate(next));
        finish(running);
        finish(next);
    }

    @Test
    void theDeletionOfAFolderFreesWhatIsInIt() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        WorkflowJob doomed = story.script(folder, "doomed", Gates.block("'prod'"));
        WorkflowRun running = story.start(doomed);
        Gates.awaitAtGate(running);
        story.waiting(doomed);
        folder.delete();
        assertEquals(List.of(), ConcurrencyManager.get().groups());
    }

    @Test
    void aStopThatRacesTheGrantEndsTheBuildAndFreesItsSlot() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        for (int i = 0; i < 20; i++) {
            WorkflowRun running = story.start(job);
            Gates.awaitAtGate(running);
            WorkflowRun stopped = story.waiting(job);
            Thread other = new Thread(() -> stopped.getExecutor().interrupt(Result.ABORTED));
            other.start();
            Gates.open(running);
            other.join();
            Gates.ended(running);
            Gates.ended(stopped);
            story.ended(stopped, Result.ABORTED);
        }
    }
}
