package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What was done by hand holds after a restart. */
class InterventionsRestartTest {
    private static final GroupKey PROD = Requests.group("prod");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowRun run(JenkinsRule jenkins, int number) {
        return jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(number);
    }

    private static void awaitRecovered() throws Exception {
        Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
    }

    private static List<Long> running() {
        return ConcurrencyManager.get().group(PROD, 0, 10).orElseThrow().running().stream()
                .map(RequestView::owner)
                .map(owner -> owner.number())
                .toList();
    }

    @Test
    void aReleasedLeaseIsNotPutBackAndAMovedRequestKeepsItsPlace() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
            WorkflowRun first = story.start(job);
            Gates.awaitAtGate(first);
            story.waiting(job, 3);
            Interventions.release(Requests.of(first));
            Gates.awaitAtGate(run(jenkins, 2));
            RequestKey last = Requests.of(run(jenkins, 4));
            assertEquals(Interventions.Result.DONE, Interventions.move(last, Direction.TOP));
            Idle.awaitTold();
            Gates.saveAll();
        });
        sessions.then(jenkins -> {
            awaitRecovered();
            assertEquals(List.of(2L), running());
            assertEquals(List.of(4L, 3L), Requests.waiting(PROD));
            Gates.awaitAtGate(run(jenkins, 1));
            // As the stop button does, whether or not it has an executor yet.
            Interventions.cancel(Requests.of(run(jenkins, 3)));
            jenkins.assertBuildStatus(Result.ABORTED, Gates.ended(run(jenkins, 3)));
            for (int number : List.of(1, 2, 4)) {
                Gates.awaitAtGate(run(jenkins, number));
                Gates.open(run(jenkins, number));
                jenkins.assertBuildStatusSuccess(Gates.ended(run(jenkins, number)));
            }
            Idle.await();
        });
    }

    @Test
    void aPauseKeepsItsReasonAndEndsByItselfAfterARestart() throws Throwable {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
            Interventions.pause(PROD, "no disk", Optional.of(end));
        });
        sessions.then(jenkins -> {
            awaitRecovered();
            Decision decision = Decisions.get().all().get(0);
            assertEquals("no disk", decision.getReason());
            assertEquals(Optional.of(Instant.ofEpochMilli(end.toEpochMilli())), decision.until());
            assertTrue(ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().paused());
            // This end passes while Jenkins is down, or soon after.
            Interventions.pause(PROD, null, Optional.of(Instant.now().plusSeconds(1)));
        });
        sessions.then(jenkins -> {
            awaitRecovered();
            WorkflowRun waiting = run(jenkins, 2);
            Gates.eventually(
                    "it goes on",
                    () -> !ConcurrencyManager.get()
                            .group(PROD, 0, 0)
                            .orElseThrow()
                            .paused());
            assertTrue(Decisions.get().all().isEmpty());
            Gates.awaitAtGate(run(jenkins, 1));
            Gates.open(run(jenkins, 1));
            Gates.awaitAtGate(waiting);
            Gates.open(waiting);
            jenkins.assertBuildStatusSuccess(Gates.ended(waiting));
            Gates.ended(run(jenkins, 1));
            Idle.await();
        });
    }
}
