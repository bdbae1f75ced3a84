package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Requester;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Test;

/** In which order builds wait, for how long, and what is seen of it. */
class WaitTest extends StoryTest {
    private static List<PauseAction> pauses(WorkflowRun run) {
        List<PauseAction> pauses = new ArrayList<>();
        for (FlowNode node : new DepthFirstScanner().allNodes(run.getExecution())) {
            pauses.addAll(PauseAction.getPauseActions(node));
        }
        return pauses;
    }

    private WorkflowJob declared(Overflow overflow) throws Exception {
        DeclaredGroup group = new DeclaredGroup("prod", 1);
        group.setMaxQueued(1);
        group.setOverflow(overflow);
        ConcurrencySettings.get().setGroups(List.of(group));
        return story.script("deploy", Gates.block("group: 'prod', scope: 'CONTROLLER'"));
    }

    @Test
    void ofThoseWhoWaitTheOneWithTheHighestPriorityIsNext() throws Exception {
        WorkflowJob job = story.script(
                "deploy", "concurrency(group: 'prod', priority: env.BUILD_NUMBER as int) { semaphore 'gate' }");
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun normal = story.waiting(job);
        WorkflowRun urgent = story.waiting(job);
        finish(first);
        Gates.awaitAtGate(urgent);
        assertFalse(Gates.isAtGate(normal));
        finish(urgent);
        finish(normal);
    }

    @Test
    void aFullQueueTurnsNewcomersAwayWithALine() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', maxQueued: 1"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        WorkflowRun dropped = story.start(job);
        story.ended(dropped, Result.ABORTED);
        jenkins.assertLogContains("The queue of group 'prod' was full", dropped);
        finish(running);
        finish(waiting);
    }

    @Test
    void nobodyWaitsWithAQueueOfNone() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', maxQueued: 0, result: 'NOT_BUILT'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.ended(story.start(job), Result.NOT_BUILT);
        finish(running);
    }

    @Test
    void aFullQueueCanFailNewcomers() throws Exception {
        WorkflowJob job = declared(Overflow.FAIL);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        WorkflowRun dropped = story.start(job);
        story.ended(dropped, Result.FAILURE);
        jenkins.assertLogContains("The queue of group 'prod' of the controller is full.", dropped);
        finish(running);
        finish(waiting);
    }

    @Test
    void aFullQueueCanDropItsOldestWaiterWhoSeesByWhom() throws Exception {
        WorkflowJob job = declared(Overflow.DISPLACE_OLDEST);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun dropped = story.waiting(job);
        WorkflowRun newer = story.waiting(job);
        story.ended(dropped, Result.ABORTED);
        jenkins.assertLogContains(
                "No longer waiting for group 'prod' of the controller: superseded by deploy #3.", dropped);
        assertEquals(
                "Replaced by deploy #3, as the queue of group 'prod' was full",
                dropped.getAction(InterruptedBuildAction.class)
                        .getCauses()
                        .get(0)
                        .getShortDescription());
        finish(running);
        finish(newer);
    }

    @Test
    void theLongestWaitEndsTheBuild() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.define(job, Gates.block("group: 'prod', waitTimeout: 100, unit: 'MILLISECONDS'"));
        WorkflowRun impatient = story.start(job);
        story.ended(impatient, Result.ABORTED);
        jenkins.assertLogContains("Timed out waiting for group 'prod'", impatient);
        assertTrue(pauses(impatient).stream().noneMatch(PauseAction::isPaused));
        finish(running);
    }

    @Test
    void theLongestWaitIsNoLongestRun() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', waitTimeout: 1, unit: 'SECONDS'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.ended(story.start(job), Result.ABORTED);
        finish(running);
    }

    @Test
    void aWaitAndATimeoutThatRaceHaveOneOutcome() throws Exception {
        WorkflowJob job = story.script(
                "deploy",
                "concurrency(group: 'prod', waitTimeout: 30, unit: 'MILLISECONDS') { sleep time: 10, unit: 'MILLISECONDS' }");
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            runs.add(story.start(job));
        }
        for (WorkflowRun run : runs) {
            Result result = Gates.ended(run).getResult();
            assertEquals(result == Result.SUCCESS ? 1 : 0, Gates.times("Got slot", run), () -> run + " " + result);
        }
    }

    @Test
    void theWaitIsAPauseOfTheStep() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        Gates.eventually(
                "pause",
                () -> pauses(waiting).size() == 1 && pauses(waiting).get(0).isPaused());
        finish(running);
        Gates.awaitAtGate(waiting);
        assertFalse(pauses(waiting).get(0).isPaused());
        assertEquals(List.of(), pauses(running));
        finish(waiting);
    }

    @Test
    void aWaitInsideAnAgentSaysSoAndOutsideNot() throws Exception {
        WorkflowRun running = story.start(story.script("running", Gates.block("'prod'")));
        Gates.awaitAtGate(running);
        WorkflowRun inside = story.waiting(story.script("inside", "node {\n" + Gates.block("'prod'") + "}"));
        WorkflowRun outside =
                story.waiting(story.script("outside", "concurrency('prod') { node { semaphore 'gate' } }"));
        jenkins.waitForMessage("This build holds an executor while it waits.", inside);
        finish(List.of(running, inside, outside));
        jenkins.assertLogNotContains("holds an executor", outside);
    }

    @Test
    void theReasonIsKnownWhileItRuns() throws Exception {
        WorkflowRun run = story.start(story.script("deploy", Gates.block("group: 'prod', reason: 'release 7'")));
        Gates.awaitAtGate(run);
        ConcurrencyManager manager = ConcurrencyManager.get();
        var view = manager.group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 1)
                .orElseThrow()
                .running()
                .get(0);
        assertEquals(
                "release 7",
                manager.requester(view.key()).flatMap(Requester::reason).orElseThrow());
        finish(run);
    }

    @Test
    void whoWaitsIsToldWhoHoldsTheSlotsWithALink() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        jenkins.assertLogContains(
                "Waiting for group 'prod' of the top level, place 1 in the queue. Held by deploy #1.", waiting);
        StringWriter html = new StringWriter();
        waiting.getLogText().writeHtmlTo(0, html);
        assertTrue(
                html.toString().matches("(?s).*<a href='[^']*/jenkins/job/deploy/1/'[^>]*>deploy #1</a>.*"),
                html::toString);
        finish(running);
        finish(waiting);
    }
}
