package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds that another build waits for. */
@ExtendWith(OneJenkins.class)
class RideTest {
    private static final GroupKey DEPLOY = new GroupKey(Scope.FOLDER, "", "deploy");

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        jenkins.jenkins.setNumExecutors(4);
    }

    private Limited limited(Kind kind, String name, String group) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup(group);
        return Limited.create(jenkins, kind, name, limit);
    }

    private static Run<?, ?> first(Limited job) throws Exception {
        Limited.until(() -> job.job().getBuildByNumber(1) != null, () -> job.job() + " was not started");
        Run<?, ?> run = job.job().getBuildByNumber(1);
        job.awaitInside(run);
        return run;
    }

    private static int used() {
        return ConcurrencyManager.get().group(DEPLOY, 0, 0).orElseThrow().used();
    }

    @ParameterizedTest
    @EnumSource
    void aBuildRidesOnTheLeaseOfTheBlockThatWaitsForIt(Kind kind) throws Exception {
        Limited child = limited(kind, "child", "deploy");
        WorkflowRun parent = story.start(
                story.script("parent", "concurrency(group: 'deploy') { build job: 'child', quietPeriod: 0 }"));
        Run<?, ?> run = first(child);
        assertEquals(1, used());
        jenkins.assertLogContains("A build that waits for this one holds group 'deploy'", run);
        Queue.Item other = limited(Kind.FREESTYLE, "other", "deploy").waiting();
        child.finish(run);
        story.ended(parent, Result.SUCCESS);
        Limited after = new Limited(jenkins, (hudson.model.Job<?, ?>) other.task);
        after.finish(after.inside(other));
    }

    @Test
    void aBuildRidesOnTheLeaseOfTheWholeBuildThatWaitsForItAtAnyDepth() throws Exception {
        Limited child = limited(Kind.PIPELINE, "child", "deploy");
        story.script("between", "build job: 'child', quietPeriod: 0");
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("deploy");
        WorkflowJob parent = story.script("parent", "build job: 'between', quietPeriod: 0");
        parent.addProperty(limit);
        WorkflowRun top = story.start(parent);
        Run<?, ?> run = first(child);
        assertEquals(1, used());
        child.finish(run);
        story.ended(top, Result.SUCCESS);
        assertTrue(ConcurrencyManager.get().group(DEPLOY, 0, 0).isEmpty());
    }

    @Test
    void aBlockOfABuildRidesToo() throws Exception {
        WorkflowJob child = story.job("child", "group: 'deploy'");
        WorkflowRun parent = story.start(
                story.script("parent", "concurrency(group: 'deploy') { build job: 'child', quietPeriod: 0 }"));
        Limited.until(() -> child.getBuildByNumber(1) != null, () -> "no child");
        WorkflowRun run = child.getBuildByNumber(1);
        story.awaitInside(run);
        jenkins.assertLogContains("it takes no further slot", run);
        story.finish(run);
        story.ended(parent, Result.SUCCESS);
    }

    @Test
    void aBuildThatNobodyWaitsForTakesASlotOfItsOwn() throws Exception {
        Limited child = limited(Kind.FREESTYLE, "child", "deploy");
        WorkflowRun parent = story.start(story.script("parent", """
                concurrency(group: 'deploy') {
                    build job: 'child', wait: false, quietPeriod: 0
                    semaphore 'parent-1-in'
                }
                """));
        story.awaitInside(parent);
        Queue.Item item = ((hudson.model.FreeStyleProject) child.job()).getQueueItem();
        Limited.until(() -> Limited.why(item.getId()).contains("Held by parent #1"), () -> Limited.why(item.getId()));
        story.finish(parent);
        child.finish(child.inside(item));
    }

    @Test
    void aBuildStartedOutsideTheBlockDoesNotRide() throws Exception {
        Limited child = limited(Kind.FREESTYLE, "child", "deploy");
        WorkflowRun parent = story.start(story.script("parent", """
                parallel a: {
                    concurrency(group: 'deploy') { semaphore 'parent-1-in' }
                }, b: {
                    semaphore 'beside'
                    build job: 'child', quietPeriod: 0
                }
                """));
        story.awaitInside(parent);
        SemaphoreStep.success("beside/1", null);
        Limited.until(
                () -> ((hudson.model.FreeStyleProject) child.job()).getQueueItem() != null, () -> "not in the queue");
        Queue.Item item = ((hudson.model.FreeStyleProject) child.job()).getQueueItem();
        Limited.until(() -> Limited.why(item.getId()).contains("Held by parent #1"), () -> Limited.why(item.getId()));
        story.leave(parent);
        child.finish(child.inside(item));
        story.ended(parent, Result.SUCCESS);
    }

    @ParameterizedTest
    @EnumSource
    void aCircleThatClosesThroughABuildThatIsWaitedForFailsAndIsNamed(Kind kind) throws Exception {
        Limited child = limited(kind, "child", "database");
        WorkflowRun parent = story.start(story.script("parent", """
                concurrency(group: 'deploy') {
                    semaphore 'parent-1-in'
                    build job: 'child', quietPeriod: 0
                }
                """));
        story.awaitInside(parent);
        WorkflowRun other = story.start(story.script("other", """
                concurrency(group: 'database') {
                    concurrency(group: 'deploy') { echo 'both' }
                }
                """));
        jenkins.waitForMessage("Waiting for group 'deploy'", other);
        story.leave(parent);
        story.ended(parent, Result.FAILURE);
        Run<?, ?> failed = child.job().getBuildByNumber(1);
        child.ended(failed, Result.FAILURE);
        jenkins.assertLogContains("Deadlock: ", failed);
        jenkins.assertLogContains("other #1 waits for group 'deploy' of the top level, which parent #1 holds", failed);
        story.ended(other, Result.SUCCESS);
    }
}
