package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.manager.Requests;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jenkins.model.CauseOfInterruption.UserInterruption;
import jenkins.model.InterruptedBuildAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What Alice does by hand to the builds of a limited freestyle job, and to its entries in the queue. */
@ExtendWith(OneJenkins.class)
class LimitedByHandTest {
    private static final GroupKey PROD = Requests.group("prod");

    private Limited job;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        Requests.startTest(PROD);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("alice", true).setFullName("Alice");
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("prod");
        job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", limit);
    }

    private static void assertDone(java.util.concurrent.Callable<Interventions.Result> action) throws Exception {
        assertEquals(Interventions.Result.DONE, Requests.as("alice", action));
    }

    private static String log(Run<?, ?> run) throws Exception {
        return JenkinsRule.getLog(run);
    }

    @Test
    void anEntryThatIsCancelledLeavesTheQueueOnRecord() throws Exception {
        Run<?, ?> running = job.inside();
        Queue.Item waiting = job.waiting();
        RequestKey request = Requests.of(waiting);
        assertDone(() -> Interventions.cancel(request));
        Limited.gone(waiting);
        Limited.until(() -> Requests.waiting(PROD).isEmpty(), () -> "still waiting");
        Refusal refusal = ConcurrencyManager.get().refusals().of("deploy").get(0);
        assertEquals(Outcome.WITHDRAWN, refusal.getOutcome());
        assertEquals("Cancelled by a user", OutcomeText.inShort(refusal.getOutcome()));
        assertEquals("alice", Requests.event(PROD, HistoryEvent.Kind.CANCELLED).getUser());
        assertEquals(Interventions.Result.OVER, Interventions.cancel(request));
        job.finish(running);
    }

    @Test
    void aBuildThatIsCancelledEndsAsOneThatSomebodyStopped() throws Exception {
        Run<?, ?> running = job.inside();
        assertDone(() -> Interventions.cancel(Requests.of(running)));
        job.ended(running, Result.ABORTED);
        assertEquals(
                List.of(new UserInterruption("alice")),
                running.getAction(InterruptedBuildAction.class).getCauses());
        assertThat(log(running), containsString("Alice cancelled this build, which holds slots of group 'prod'"));
    }

    @Test
    void anEntryThatIsMovedIsServedInItsNewPlaceAndItsBuildSaysSo() throws Exception {
        Run<?, ?> running = job.inside();
        Queue.Item second = job.waiting();
        Queue.Item third = job.waiting();
        assertDone(() -> Interventions.move(Requests.of(third), Direction.TOP));
        assertDone(() -> Interventions.pause(PROD, "tests", Optional.empty()));
        assertDone(() -> Interventions.resume(PROD));
        job.finish(running);
        Run<?, ?> next = job.inside(third);
        assertThat(log(next), containsString("Alice moved this request to the top of the queue of group 'prod'"));
        assertThat(log(next), containsString("Alice paused group 'prod'"));
        assertThat(log(next), containsString("Alice resumed group 'prod'"));
        job.finish(next);
        job.finish(job.inside(second));
    }

    @Test
    void anEntryThatIsStartedNowRunsOverTheLimit() throws Exception {
        Run<?, ?> running = job.inside();
        Queue.Item waiting = job.waiting();
        assertDone(() -> Interventions.startNow(Requests.of(waiting)));
        Run<?, ?> over = job.inside(waiting);
        assertThat(log(over), containsString("Alice started this request without waiting for group 'prod'"));
        assertThat(log(over), containsString("A user started this build over the limit."));
        job.finish(running);
        job.finish(over);
    }

    @Test
    void aLeaseThatIsReleasedGoesToTheNextWhileItsBuildGoesOn() throws Exception {
        Run<?, ?> running = job.inside();
        Queue.Item waiting = job.waiting();
        assertDone(() -> Interventions.release(Requests.of(running)));
        Run<?, ?> next = job.inside(waiting);
        assertTrue(running.isBuilding());
        Requests.event(PROD, HistoryEvent.Kind.RELEASED_BY_HAND);
        assertThat(log(running), containsString("Alice released what this build holds of group 'prod'"));
        job.finish(running);
        assertTrue(next.isBuilding());
        job.finish(next);
    }

    @Test
    void anEntryThatWaitsStartsWhenTheLimitIsRaisedByHand() throws Exception {
        Run<?, ?> running = job.inside();
        Queue.Item waiting = job.waiting();
        assertDone(() -> Interventions.setLimit(PROD, OptionalInt.of(2), "it is urgent"));
        Run<?, ?> next = job.inside(waiting);
        assertThat(
                log(next),
                containsString("Alice set the limit of group 'prod' of the top level to 2 for now."
                        + " Reason: it is urgent"));
        job.finish(running);
        job.finish(next);
    }
}
