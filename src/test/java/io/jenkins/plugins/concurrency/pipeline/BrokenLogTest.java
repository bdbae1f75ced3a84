package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.BrokenLog;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that cannot be written: nothing depends on it. */
class BrokenLogTest extends StoryTest {
    private static GroupView group(String name) {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", name), 0, 10)
                .orElseThrow();
    }

    private WorkflowRun waiting(WorkflowJob job, String group) throws Exception {
        WorkflowRun run = story.start(job);
        Gates.eventually(
                "it waits",
                () -> group(group).waiting().stream()
                        .anyMatch(view -> view.owner().job().equals(job.getFullName())
                                && view.owner().number() == run.getNumber()));
        return run;
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeToldHappensAllTheSame(BrokenLog log) throws Exception {
        log.install();
        WorkflowJob patient = story.script("patient", Gates.block("'first'"));
        WorkflowRun holds = story.start(patient);
        Gates.awaitAtGate(holds);
        WorkflowRun waits = waiting(patient, "first");
        assertEquals(1, group("first").used());
        finish(holds);
        finish(waits);

        WorkflowJob latest = story.script("latest", Gates.block("group: 'second', behavior: 'QUEUE_LATEST'"));
        WorkflowRun runs = story.start(latest);
        Gates.awaitAtGate(runs);
        WorkflowRun superseded = waiting(latest, "second");
        WorkflowRun newest = waiting(latest, "second");
        story.ended(superseded, Result.ABORTED);
        finish(runs);
        finish(newest);

        WorkflowJob pushing = story.script("pushing", """
                concurrency(group: 'third', behavior: 'CANCEL_RUNNING') {
                    try { semaphore 'gate' } finally { semaphore 'gate' }
                }
                """);
        WorkflowRun cancelled = story.start(pushing);
        Gates.awaitAtGate(cancelled);
        WorkflowRun next = waiting(pushing, "third");
        Gates.eventually("it cleans up", () -> Gates.times("[Pipeline] semaphore", cancelled) == 2);
        Gates.awaitAtGate(cancelled);
        assertFalse(Gates.isAtGate(next));
        assertEquals(
                cancelled.getNumber(), group("third").running().get(0).owner().number());
        assertTrue(group("third").running().get(0).leaving());
        Gates.open(cancelled);
        story.ended(cancelled, Result.ABORTED);
        Gates.awaitAtGate(next);
        Gates.open(next);
        finish(next);

        WorkflowRun busy = story.start(story.script("busy", Gates.block("'fourth'")));
        Gates.awaitAtGate(busy);
        story.ended(
                story.start(story.script("skipped", Gates.block("group: 'fourth', behavior: 'SKIP'"))), Result.SUCCESS);
        finish(busy);
    }
}
