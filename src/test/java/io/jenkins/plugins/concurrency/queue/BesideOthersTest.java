package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.matrix.AxisList;
import hudson.matrix.MatrixProject;
import hudson.matrix.TextAxis;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What else keeps queue items waiting. */
@ExtendWith(OneJenkins.class)
class BesideOthersTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(8);
        Throttle.BLOCKED.set(null);
    }

    /** Blocks one job, and is asked after the limits are, unlike a well-behaved one. */
    @TestExtension
    public static final class Throttle extends QueueTaskDispatcher {
        static final AtomicReference<String> BLOCKED = new AtomicReference<>();

        @Override
        public CauseOfBlockage canRun(Queue.Item item) {
            return item.task.getName().equals(BLOCKED.get()) ? new Throttled() : null;
        }

        private static final class Throttled extends CauseOfBlockage {
            @Override
            public String getShortDescription() {
                return "throttled";
            }
        }
    }

    private Limited job(Kind kind, String name, int slots) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(slots, Behavior.QUEUE);
        limit.setGroup("shared");
        return Limited.create(jenkins, kind, name, limit);
    }

    @ParameterizedTest
    @EnumSource
    void anItemThatAnotherPluginKeepsWaitingHasNoSlotMeanwhile(Kind kind) throws Exception {
        Limited throttled = job(kind, "throttled", 1);
        Limited other = job(kind, "other", 1);
        Throttle.BLOCKED.set("throttled");
        var future = throttled.schedule();
        Queue.Item item = Queue.getInstance().getItems()[0];
        Limited.until(() -> Limited.why(item.getId()).equals("throttled"), () -> Limited.why(item.getId()));
        other.finish(other.inside());
        Throttle.BLOCKED.set(null);
        Queue.getInstance().scheduleMaintenance();
        Run<?, ?> run = (Run<?, ?>) future.waitForStart();
        throttled.awaitInside(run);
        throttled.finish(run);
    }

    @Test
    void aJobThatRunsOneBuildAtATimeHoldsNoSlotForTheNext() throws Exception {
        Limited one = job(Kind.PIPELINE, "one", 2);
        ((WorkflowJob) one.job()).setConcurrentBuild(false);
        Limited other = job(Kind.PIPELINE, "other", 2);
        Run<?, ?> first = one.inside();
        one.schedule();
        one.schedule();
        Run<?, ?> beside = other.inside();
        other.finish(beside);
        one.finish(first);
        Run<?, ?> next = started(one, 2);
        one.awaitInside(next);
        other.finish(other.inside());
        one.finish(next);
        Run<?, ?> last = started(one, 3);
        one.awaitInside(last);
        one.finish(last);
    }

    /** Which of two items that both have their slots starts first is the queue's to say. */
    private static Run<?, ?> started(Limited one, int number) throws Exception {
        Limited.until(() -> one.job().getBuildByNumber(number) != null, () -> "build " + number + " has not started");
        return one.job().getBuildByNumber(number);
    }

    private Limited oneAtATime(Behavior behavior) throws Exception {
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "one", LimitTest.limit(1, behavior));
        ((FreeStyleProject) job.job()).setConcurrentBuild(false);
        return job;
    }

    @Test
    void theRunningBuildOfAJobThatRunsOneAtATimeIsCancelled() throws Exception {
        Limited job = oneAtATime(Behavior.CANCEL_RUNNING);
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        job.ended(first, Result.ABORTED);
        job.finish(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behavior.class,
            names = {"SKIP", "CANCEL"})
    void aBuildOfAJobThatRunsOneAtATimeIsDropped(Behavior behavior) throws Exception {
        Limited job = oneAtATime(behavior);
        Run<?, ?> first = job.inside();
        var dropped = job.schedule();
        Limited.until(dropped::isCancelled, () -> "still in the queue");
        assertEquals(1, ConcurrencyManager.get().refusals().of("one").size());
        job.finish(first);
        job.finish(job.inside());
    }

    @Test
    void anItemInItsQuietPeriodAsksForNothing() throws Exception {
        Limited job = job(Kind.FREESTYLE, "quiet", 1);
        ((FreeStyleProject) job.job()).setQuietPeriod(1000);
        Queue.WaitingItem quiet = (Queue.WaitingItem)
                Queue.getInstance().schedule2((Queue.Task) job.job(), 1000).getItem();
        job(Kind.FREESTYLE, "other", 1);
        Limited other = new Limited(jenkins, jenkins.jenkins.getItemByFullName("other", FreeStyleProject.class));
        other.finish(other.inside());
        assertThat(quiet.getWhy(), containsString("quiet period"));
        Limited.cancel(quiet.getId());
    }

    @Test
    void aDisabledJobsItemLeavesNothingBehind() throws Exception {
        Limited job = job(Kind.FREESTYLE, "disabled", 1);
        Run<?, ?> first = job.inside();
        Queue.Item waiting = job.waiting();
        ((FreeStyleProject) job.job()).disable();
        job.finish(first);
        Limited.until(
                () -> ConcurrencyManager.get().groupsOf("disabled").isEmpty(),
                () -> "still there: " + Limited.why(waiting.getId()));
        ((FreeStyleProject) job.job()).enable();
        job.finish(job.inside());
    }

    @Test
    void aMatrixTakesOneSlotForAllItsParts() throws Exception {
        MatrixProject matrix = jenkins.createProject(MatrixProject.class, "matrix");
        matrix.setConcurrentBuild(true);
        matrix.setAxes(new AxisList(new TextAxis("x", "1", "2", "3")));
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("shared");
        matrix.addProperty(limit);
        Limited other = job(Kind.FREESTYLE, "other", 1);
        Run<?, ?> before = other.inside();
        var future = matrix.scheduleBuild2(0);
        Queue.Item waiting = matrix.getQueueItem();
        Limited.until(
                () -> Limited.why(waiting.getId()).contains("Waiting for group 'shared'"),
                () -> Limited.why(waiting.getId()));
        other.finish(before);
        var build = jenkins.assertBuildStatusSuccess(future.get(60, TimeUnit.SECONDS));
        assertEquals(3, build.getExactRuns().size());
        assertTrue(ConcurrencyManager.get().groupsOf("matrix").isEmpty());
    }
}
