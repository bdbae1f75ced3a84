package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.ScheduleResult;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.records.Refusal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
class LimitTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(8);
    }

    static ConcurrencyLimitProperty limit(int limit, Behavior behavior) {
        ConcurrencyLimitProperty property = new ConcurrencyLimitProperty();
        property.setLimit(limit);
        property.setBehavior(behavior);
        return property;
    }

    private Limited job(Kind kind, Behavior behavior) throws Exception {
        return Limited.create(jenkins, kind, "deploy", limit(1, behavior));
    }

    private static List<Outcome> refusals() {
        return ConcurrencyManager.get().refusals().of("deploy").stream()
                .map(Refusal::getOutcome)
                .toList();
    }

    private static int busyExecutors() {
        return Jenkins.get().toComputer().countBusy();
    }

    @ParameterizedTest
    @EnumSource
    void theNextBuildsWaitInTheQueueAndHoldNoExecutor(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.QUEUE);
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        Queue.Item third = job.waiting();
        assertThat(Limited.why(third.getId()), is("Waiting for the group of this job, place 2. Held by deploy #1."));
        assertEquals(kind == Kind.FREESTYLE ? 1 : 0, busyExecutors());
        job.finish(first);
        Run<?, ?> next = job.inside(second);
        assertThat(JenkinsRule.getLog(next), containsString("Got slot 1 of the group of this job"));
        assertThat(Limited.why(third.getId()), containsString("place 1. Held by deploy #2."));
        job.finish(next);
        job.finish(job.inside(third));
        assertTrue(ConcurrencyManager.get().groupsOf("deploy").isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void asManyRunAsTheLimitSays(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "deploy", limit(2, Behavior.QUEUE));
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        Queue.Item third = job.waiting();
        job.finish(second);
        Run<?, ?> next = job.inside(third);
        assertThat(JenkinsRule.getLog(next), containsString("Got slot 2"));
        job.finish(first);
        job.finish(next);
    }

    @ParameterizedTest
    @EnumSource
    void anEditedLimitCountsAtOnceForThoseThatWaitWhateverNewerOnesSaid(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.QUEUE);
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        Queue.Item third = job.waiting();
        Queue.Item gone = job.waiting();
        Limited.cancel(gone.getId());
        job.edit(limit(2, Behavior.QUEUE));
        Run<?, ?> next = job.inside(second);
        assertThat(Limited.why(third.getId()), containsString("place 1. Held by"));
        job.edit(null);
        Run<?, ?> last = job.inside(third);
        job.finish(first);
        job.finish(next);
        job.finish(last);
        assertTrue(ConcurrencyManager.get().groupsOf("deploy").isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void theLatestTakesThePlaceOfThoseThatWait(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.QUEUE_LATEST);
        Run<?, ?> first = job.inside();
        Queue.Item superseded = job.waiting();
        Queue.Item latest = job.waiting();
        Limited.gone(superseded);
        assertEquals(List.of(Outcome.SUPERSEDED), refusals());
        job.finish(first);
        job.finish(job.inside(latest));
    }

    @ParameterizedTest
    @EnumSource
    void theRunningOneIsCancelledAndHasLeftBeforeTheNextStarts(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.CANCEL_RUNNING);
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        job.ended(first, Result.ABORTED);
        assertThat(first.getAction(InterruptedBuildAction.class).getCauses().get(0), instanceOf(Interruption.class));
        assertThat(JenkinsRule.getLog(first), containsString("Cancelled by a newer build in the group of this job"));
        job.finish(second);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledBuildEndsAsNotBuiltIfItsJobSaysSo(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.CANCEL_RUNNING);
        limit.setResult(EndResult.NOT_BUILT);
        Limited job = Limited.create(jenkins, kind, "deploy", limit);
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        job.ended(first, Result.NOT_BUILT);
        job.finish(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behavior.class,
            names = {"CANCEL", "SKIP"})
    void aBuildThatIsNotToWaitLeavesTheQueueAndThatIsOnRecord(Behavior behavior) throws Exception {
        Limited job = job(Kind.FREESTYLE, behavior);
        Run<?, ?> first = job.inside();
        Queue.WaitingItem item = (Queue.WaitingItem) Queue.getInstance()
                .schedule2((Queue.Task) job.job(), 0, new CauseAction(new Cause.UserIdCause()))
                .getItem();
        Limited.gone(item);
        Refusal refusal = ConcurrencyManager.get().refusals().of("deploy").get(0);
        assertEquals(behavior == Behavior.CANCEL ? Outcome.CANCELLED : Outcome.SKIPPED, refusal.getOutcome());
        assertThat(refusal.getCauses(), containsString("Started by"));
        job.finish(first);
        assertEquals(1, job.job().getLastBuild().getNumber());
        job.finish(job.inside());
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatIsToFailStartsAndFailsAtOnce(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.FAIL);
        Run<?, ?> first = job.inside();
        Run<?, ?> failed = job.ends(Result.FAILURE, "No slot of the group of this job is free.");
        assertThat(JenkinsRule.getLog(failed), not(containsString("semaphore")));
        assertThat(
                failed.getAction(InterruptedBuildAction.class).getCauses().get(0),
                instanceOf(RequestFailedCause.class));
        job.finish(first);
        job.finish(job.inside());
    }

    @ParameterizedTest
    @EnumSource
    void parametersOfTheBuildAreFilledIn(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("deploy-${ENVIRONMENT}");
        Limited job = Limited.create(jenkins, kind, "deploy", limit).withParameter("ENVIRONMENT");
        Run<?, ?> staging = job.inside(Limited.parameter("ENVIRONMENT", "staging"));
        Run<?, ?> production = job.inside(Limited.parameter("ENVIRONMENT", "production"));
        Queue.Item next = job.waiting(Limited.parameter("ENVIRONMENT", "STAGING"));
        assertThat(Limited.why(next.getId()), containsString("group 'deploy-staging' of the top level"));
        job.finish(staging);
        job.finish(job.inside(next));
        job.finish(production);
    }

    @ParameterizedTest
    @EnumSource
    void aGroupWithAnUnknownParameterIsAnErrorAndNotAGroupForEverybody(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("deploy-${ENVIROMENT}");
        Limited job = Limited.create(jenkins, kind, "deploy", limit).withParameter("ENVIRONMENT");
        job.ends(Result.FAILURE, "names the parameter 'ENVIROMENT', which this build does not have");
    }

    @ParameterizedTest
    @EnumSource
    void anUndeclaredGroupOfTheControllerIsRefused(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("deploy");
        limit.setScope("CONTROLLER");
        Limited.create(jenkins, kind, "deploy", limit)
                .ends(Result.FAILURE, "There is no group 'deploy' of the whole controller");
    }

    @Test
    void theTimersBuildIsSkippedWhileOneRunsAndAPersonsIsNot() throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.SKIP);
        limit.setCauses(List.of(CauseKind.TIMER));
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", limit);
        CauseAction timer = new CauseAction(new TimerTrigger.TimerTriggerCause());
        Run<?, ?> first = job.inside(timer);
        Run<?, ?> persons = job.inside(new CauseAction(new Cause.UserIdCause("alice")));
        Queue.WaitingItem item = (Queue.WaitingItem)
                Queue.getInstance().schedule2((Queue.Task) job.job(), 0, timer).getItem();
        Limited.gone(item);
        assertEquals(List.of(Outcome.SKIPPED), refusals());
        CauseAction both = new CauseAction(new TimerTrigger.TimerTriggerCause(), new Cause.UserIdCause("alice"));
        Run<?, ?> also = job.inside(both);
        assertNotNull(first.getAction(GateEntry.class));
        assertNull(persons.getAction(GateEntry.class));
        assertNull(also.getAction(GateEntry.class));
        GroupKey own = ConcurrencyManager.get().groupsOf("deploy").get(0);
        assertEquals(1, ConcurrencyManager.get().group(own, 0, 9).orElseThrow().used());
        job.finish(also);
        job.finish(persons);
        job.finish(first);
    }

    @Test
    void identicalQueueEntriesStayOne() throws Exception {
        Limited job = job(Kind.FREESTYLE, Behavior.QUEUE);
        Run<?, ?> first = job.inside();
        CauseAction timer = new CauseAction(new TimerTrigger.TimerTriggerCause());
        Queue.Item item =
                Queue.getInstance().schedule2((Queue.Task) job.job(), 0, timer).getItem();
        Limited.until(() -> Limited.why(item.getId()).contains(", place "), () -> "does not wait");
        assertThat(
                Queue.getInstance()
                        .schedule2((Queue.Task) job.job(), 0, new CauseAction(new Cause.UserIdCause("alice"))),
                instanceOf(ScheduleResult.Existing.class));
        assertEquals(1, Queue.getInstance().getItems().length);
        job.finish(first);
        job.finish(job.inside(item));
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledQueueEntryGivesItsPlaceToTheNext(Kind kind) throws Exception {
        Limited job = job(kind, Behavior.QUEUE);
        Run<?, ?> first = job.inside();
        Queue.Item cancelled = job.waiting();
        Queue.Item next = job.waiting();
        Limited.cancel(cancelled.getId());
        Limited.until(() -> Limited.why(next.getId()).contains("place 1"), () -> Limited.why(next.getId()));
        job.finish(first);
        job.finish(job.inside(next));
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedBuildAndADeletedJobGiveTheirSlotsToTheNext(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("shared");
        Limited other = Limited.create(jenkins, kind, "other", limit);
        Limited job = Limited.create(jenkins, kind, "deploy", limit);
        Run<?, ?> stopped = other.inside();
        Queue.Item second = other.waiting();
        Queue.Item third = other.waiting();
        Queue.Item next = job.waiting();
        stopped.getExecutor().doStop();
        other.ended(stopped, Result.ABORTED);
        other.inside(second);
        other.job().delete();
        job.finish(job.inside(next));
        assertTrue(third.getFuture().isCancelled());
    }

    @ParameterizedTest
    @EnumSource
    void theBuildsOfSeveralJobsAndBlocksOfPipelinesShareAGroup(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("deploy");
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        Limited job = Limited.create(jenkins, folder, kind, "whole", limit);
        Story story = new Story(jenkins);
        WorkflowRun block = story.inside(story.job(folder, "block", "group: 'DEPLOY'"));
        Queue.Item waiting = job.waiting();
        WorkflowRun outside = story.inside(story.job("outside", "group: 'deploy'"));
        story.finish(block);
        Run<?, ?> run = job.inside(waiting);
        WorkflowRun next = story.waiting((org.jenkinsci.plugins.workflow.job.WorkflowJob) block.getParent());
        jenkins.assertLogContains("team » whole #1", next);
        job.finish(run);
        story.finish(next);
        story.finish(outside);
    }

    @ParameterizedTest
    @EnumSource
    void anotherJobsBuildThatSaysQueueIsNeverCancelled(Kind kind) throws Exception {
        ConcurrencyLimitProperty patient = limit(1, Behavior.QUEUE);
        patient.setGroup("shared");
        ConcurrencyLimitProperty pushing = limit(1, Behavior.CANCEL_RUNNING);
        pushing.setGroup("shared");
        Limited untouched = Limited.create(jenkins, kind, "untouched", patient);
        Limited newcomer = Limited.create(jenkins, kind, "newcomer", pushing);
        Run<?, ?> running = untouched.inside();
        Queue.Item alsoUntouched = untouched.waiting();
        Queue.Item waits = newcomer.waiting();
        assertThat(Limited.why(waits.getId()), containsString("place 2. Held by untouched #1"));
        untouched.finish(running);
        untouched.finish(untouched.inside(alsoUntouched));
        newcomer.finish(newcomer.inside(waits));
    }

    @Test
    void aRenameIsFollowed() throws Exception {
        Limited job = job(Kind.FREESTYLE, Behavior.QUEUE_LATEST);
        Run<?, ?> first = job.inside();
        Queue.Item waiting = job.waiting();
        Moving.rename(job.job(), "moved");
        Limited.until(
                () -> Limited.why(waiting.getId()).contains("Held by moved #1"), () -> Limited.why(waiting.getId()));
        Queue.Item latest = job.waiting();
        Limited.gone(waiting);
        assertEquals(1, ConcurrencyManager.get().refusals().of("moved").size());
        job.finish(first);
        job.finish(job.inside(latest));
    }

    @Test
    void aMovedJobAsksInItsNewFolderAndKeepsWhatItHasInTheOldOne() throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setGroup("deploy");
        Folder from = jenkins.jenkins.createProject(Folder.class, "from");
        Folder to = jenkins.jenkins.createProject(Folder.class, "to");
        Limited moved = Limited.create(jenkins, from, Kind.FREESTYLE, "moved", limit);
        Limited left = Limited.create(jenkins, from, Kind.FREESTYLE, "left", limit);
        Run<?, ?> running = moved.inside();
        Queue.Item waiting = left.waiting();
        Moving.move((FreeStyleProject) moved.job(), to);
        Run<?, ?> newcomer = moved.inside();
        assertThat(Limited.why(waiting.getId()), containsString("Held by to » moved #1"));
        Queue.Item last = moved.waiting();
        assertThat(Limited.why(last.getId()), containsString("Held by to » moved #2"));
        moved.finish(running);
        left.finish(left.inside(waiting));
        moved.finish(newcomer);
        moved.finish(moved.inside(last));
    }

    @Test
    void whoFindsTheQueueFullLeaves() throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setMaxQueued(1);
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", limit);
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        job.schedule();
        Limited.until(() -> refusals().equals(List.of(Outcome.QUEUE_FULL_CANCELLED)), () -> "" + refusals());
        job.finish(first);
        job.finish(job.inside(second));
        assertEquals(2, job.job().getLastBuild().getNumber());
    }

    @Test
    void whoHasWaitedForAsLongAsItMayLeaves() throws Exception {
        ConcurrencyLimitProperty limit = limit(1, Behavior.QUEUE);
        limit.setWaitTimeout(300);
        limit.setUnit(TimeUnit.MILLISECONDS);
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", limit);
        Run<?, ?> first = job.inside();
        job.schedule();
        Limited.until(() -> refusals().equals(List.of(Outcome.EXPIRED)), () -> "" + refusals());
        job.finish(first);
    }

    @ParameterizedTest
    @EnumSource
    void aBuildOfAJobWithoutALimitStoresNothing(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "free", null);
        Run<?, ?> run = job.inside();
        assertNull(run.getAction(GateEntry.class));
        job.finish(run);
        assertThat(run.getParent().getConfigFile().asString(), not(containsString("concurrency-limit")));
    }

    @Test
    void aSlotStaysWithItsBuild() throws Exception {
        Limited job = job(Kind.FREESTYLE, Behavior.QUEUE);
        Run<?, ?> run = job.inside();
        assertEquals(
                Runs.owner(run),
                ConcurrencyManager.get()
                        .group(ConcurrencyManager.get().groupsOf("deploy").get(0), 0, 1)
                        .orElseThrow()
                        .running()
                        .get(0)
                        .owner());
        job.finish(run);
    }
}
