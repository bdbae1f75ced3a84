package io.jenkins.plugins.concurrency.manager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.User;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.HistoryEvent.Kind;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jenkins.model.CauseOfInterruption.UserInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What Alice does by hand to the blocks of Pipelines, and to their group. */
@ExtendWith(OneJenkins.class)
class InterventionsTest {
    private static final GroupKey PROD = Requests.group("prod");

    private JenkinsRule jenkins;
    private Story story;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        Requests.startTest(PROD);
        jenkins = rule;
        story = new Story(rule);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        User.getById("alice", true).setFullName("Alice\nLiddell");
        job = story.job("deploy", "'prod'");
    }

    private static <T> T alice(java.util.concurrent.Callable<T> action) throws Exception {
        return Requests.as("alice", action);
    }

    private static void assertByAlice(HistoryEvent event, WorkflowRun run) {
        assertEquals("alice", event.getUser());
        assertEquals(Runs.owner(run), event.build().orElseThrow().owner());
    }

    private void assertStopped(WorkflowRun run) throws Exception {
        story.ended(run, hudson.model.Result.ABORTED);
        InterruptedBuildAction why = run.getAction(InterruptedBuildAction.class);
        assertEquals(List.of(new UserInterruption("alice")), why.getCauses());
    }

    @Test
    void aBuildThatIsCancelledEndsAsOneThatSomebodyStopped() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun waiting = story.waiting(job);
        RequestKey waits = Requests.of(waiting);
        RequestKey runs = Requests.of(running);
        assertEquals(Result.DONE, alice(() -> Interventions.cancel(waits)));
        assertStopped(waiting);
        jenkins.assertLogContains(
                "Alice Liddell cancelled this build, which waits for group 'prod' of the top level.", waiting);
        assertByAlice(Requests.event(PROD, Kind.CANCELLED), waiting);
        assertEquals(Result.DONE, alice(() -> Interventions.cancel(runs)));
        assertStopped(running);
        jenkins.assertLogContains("Alice Liddell cancelled this build, which holds slots of group 'prod'", running);
        Gates.eventually(
                "both are noted", () -> Requests.events(PROD, Kind.CANCELLED).size() == 2);
        for (RequestKey over : List.of(waits, runs)) {
            assertEquals(Result.OVER, alice(() -> Interventions.cancel(over)));
            assertEquals(Result.OVER, alice(() -> Interventions.move(over, Direction.TOP)));
            assertEquals(Result.OVER, alice(() -> Interventions.startNow(over)));
            assertEquals(Result.OVER, alice(() -> Interventions.release(over)));
        }
        assertThrows(UnknownTargetException.class, () -> Interventions.cancel(RequestKey.random()));
    }

    @Test
    void aRequestThatIsMovedIsServedInItsNewPlace() throws Exception {
        WorkflowRun running = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 3);
        RequestKey last = Requests.of(waiting.get(2));
        assertEquals(Result.DONE, alice(() -> Interventions.move(last, Direction.TOP)));
        assertEquals(List.of(4L, 2L, 3L), Requests.waiting(PROD));
        assertByAlice(Requests.event(PROD, Kind.MOVED), waiting.get(2));
        jenkins.waitForMessage(
                "Alice Liddell moved this request to the top of the queue of group 'prod' of the top level.",
                waiting.get(2));
        assertEquals(Result.UNCHANGED, alice(() -> Interventions.move(last, Direction.UP)));
        assertEquals(Result.OVER, alice(() -> Interventions.move(Requests.of(running), Direction.UP)));
        assertEquals(Result.DONE, alice(() -> Interventions.move(last, Direction.DOWN)));
        assertEquals(List.of(2L, 4L, 3L), Requests.waiting(PROD));
        assertEquals(2, Requests.events(PROD, Kind.MOVED).size());
        story.finish(running);
        for (int next : List.of(0, 2, 1)) {
            story.awaitInside(waiting.get(next));
            story.finish(waiting.get(next));
        }
    }

    @Test
    void severalThatAreMovedKeepTheirOrder() throws Exception {
        WorkflowRun running = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 5);
        List<RequestKey> two = List.of(Requests.of(waiting.get(4)), Requests.of(waiting.get(2)));
        alice(() -> Interventions.move(two, Direction.TOP));
        assertEquals(List.of(4L, 6L, 2L, 3L, 5L), Requests.waiting(PROD));
        assertEquals(
                List.of(Result.UNCHANGED, Result.UNCHANGED),
                List.copyOf(alice(() -> Interventions.move(two, Direction.UP)).values()));
        alice(() -> Interventions.move(two, Direction.DOWN));
        assertEquals(List.of(2L, 4L, 6L, 3L, 5L), Requests.waiting(PROD));
        alice(() -> Interventions.move(two, Direction.BOTTOM));
        assertEquals(List.of(2L, 3L, 5L, 4L, 6L), Requests.waiting(PROD));
        alice(() -> Interventions.move(two, Direction.DOWN));
        assertEquals(List.of(2L, 3L, 5L, 4L, 6L), Requests.waiting(PROD));
        alice(() -> Interventions.move(two, Direction.UP));
        assertEquals(List.of(2L, 3L, 4L, 6L, 5L), Requests.waiting(PROD));
        alice(() -> Interventions.cancel(waiting.stream().map(Requests::of).toList()));
        for (WorkflowRun run : waiting) {
            assertStopped(run);
        }
        story.finish(running);
    }

    @Test
    void aRequestThatIsStartedNowRunsOverTheLimit() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun waiting = story.waiting(job);
        assertEquals(Result.DONE, alice(() -> Interventions.startNow(Requests.of(waiting))));
        story.awaitInside(waiting);
        jenkins.assertLogContains("Alice Liddell started this request without waiting for group 'prod'", waiting);
        assertByAlice(Requests.event(PROD, Kind.STARTED), waiting);
        assertEquals(Result.OVER, alice(() -> Interventions.startNow(Requests.of(waiting))));
        story.finish(running);
        story.finish(waiting);
    }

    @Test
    void aLeaseThatIsReleasedGoesToTheNextWhileItsBodyGoesOn() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun waiting = story.waiting(job);
        RequestKey lease = Requests.of(running);
        assertEquals(Result.UNCHANGED, alice(() -> Interventions.release(Requests.of(waiting))));
        assertEquals(Result.DONE, alice(() -> Interventions.release(lease)));
        story.awaitInside(waiting);
        assertTrue(running.isBuilding());
        jenkins.waitForMessage("Alice Liddell released what this build holds of group 'prod'", running);
        assertByAlice(Requests.event(PROD, Kind.RELEASED_BY_HAND), running);
        assertEquals(Result.OVER, alice(() -> Interventions.release(lease)));
        story.finish(running);
        assertTrue(waiting.isBuilding());
        story.finish(waiting);
    }

    @Test
    void thoseWhoWaitAreToldWhatIsDecidedOnTheirGroup() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun first = story.waiting(job);
        WorkflowRun second = story.waiting(job);
        assertEquals(Result.OVER, alice(() -> Interventions.resume(PROD)));
        assertEquals(Result.OVER, alice(() -> Interventions.setLimit(PROD, OptionalInt.empty(), null)));
        assertEquals(Result.DONE, alice(() -> Interventions.pause(PROD, "the disk\nis full", Optional.empty())));
        for (WorkflowRun waiting : List.of(first, second)) {
            jenkins.waitForMessage(
                    "Alice Liddell paused group 'prod' of the top level. It grants no slot until somebody resumes it."
                            + " Reason: the disk is full",
                    waiting);
        }
        HistoryEvent paused = Requests.event(PROD, Kind.PAUSED);
        assertEquals("alice the disk is full", paused.getUser() + " " + paused.getReason());
        assertEquals(Result.DONE, alice(() -> Interventions.setLimit(PROD, OptionalInt.of(2), null)));
        jenkins.waitForMessage("Alice Liddell set the limit of group 'prod' of the top level to 2 for now.", second);
        assertEquals(OptionalInt.of(2), Requests.event(PROD, Kind.LIMIT_SET).limit());
        assertEquals(Result.DONE, alice(() -> Interventions.resume(PROD)));
        story.awaitInside(first);
        jenkins.assertLogContains("Alice Liddell resumed group 'prod' of the top level.", first);
        assertEquals("alice", Requests.event(PROD, Kind.RESUMED).getUser());
        assertEquals(Result.DONE, alice(() -> Interventions.setLimit(PROD, OptionalInt.empty(), null)));
        jenkins.waitForMessage("Alice Liddell took back the limit that was set for group 'prod'", second);
        assertEquals("alice", Requests.event(PROD, Kind.LIMIT_RESET).getUser());
        for (WorkflowRun run : List.of(running, first)) {
            story.finish(run);
        }
        story.awaitInside(second);
        story.finish(second);
    }

    @Test
    void aPauseWithAnEndEndsByItself() throws Exception {
        WorkflowRun running = story.inside(job);
        WorkflowRun waiting = story.waiting(job);
        alice(() -> Interventions.pause(PROD, null, Optional.of(Instant.now().plus(Duration.ofSeconds(2)))));
        story.finish(running);
        jenkins.waitForMessage("It grants no slot until ", waiting);
        story.awaitInside(waiting);
        jenkins.assertLogContains("The pause of group 'prod' of the top level has ended as planned.", waiting);
        assertNull(Requests.event(PROD, Kind.RESUMED).getUser());
        assertFalse(ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().paused());
        story.finish(waiting);
    }

    @Test
    void whatMakesNoSenseChangesNothing() throws Exception {
        WorkflowRun running = story.inside(job);
        for (Duration end : List.of(Duration.ofSeconds(-1), Duration.ofDays(4000))) {
            Exception refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> Interventions.pause(
                            PROD, null, Optional.of(Instant.now().plus(end))));
            assertThat(refused.getMessage(), containsString("Choose another time"));
        }
        assertThrows(IllegalArgumentException.class, () -> Interventions.setLimit(PROD, OptionalInt.of(0), null));
        assertThrows(
                UnknownTargetException.class,
                () -> Interventions.pause(Requests.group("nobody's"), null, Optional.empty()));
        assertFalse(ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().paused());
        story.finish(running);
        Gates.eventually(
                "it is forgotten", () -> ConcurrencyManager.get().groups().isEmpty());
    }

    @Test
    void whatIsDecidedOnAGroupGoesWithItsJobOrBuild() throws Exception {
        WorkflowRun running = story.inside(story.job("own", "group: 'mine', scope: 'JOB'"));
        WorkflowRun alone = story.inside(story.job("alone", "group: 'branches', scope: 'BUILD'"));
        for (WorkflowRun run : List.of(running, alone)) {
            GroupKey group = ConcurrencyManager.get()
                    .groupsOf(run.getParent().getFullName())
                    .get(0);
            alice(() -> Interventions.pause(group, null, Optional.empty()));
        }
        assertEquals(2, Decisions.get().all().size());
        story.finish(alone);
        Gates.eventually("it is forgotten", () -> Decisions.get().all().size() == 1);
        story.finish(running);
        running.getParent().delete();
        assertTrue(Decisions.get().all().isEmpty());
        assertTrue(ConcurrencyManager.get().groups().isEmpty());
    }
}
