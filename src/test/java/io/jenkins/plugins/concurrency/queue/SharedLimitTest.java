package io.jenkins.plugins.concurrency.queue;

import static io.jenkins.plugins.concurrency.Gates.eventually;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs whose limit is a group that several controllers share. */
@ExtendWith(OneJenkins.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SharedLimitTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");

    private JenkinsRule rule;
    private Neighbour other;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        other = new SharedByMemory(shared("rig", 1)).neighbour("other");
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private FreeStyleProject job(Behavior behavior) throws Exception {
        FreeStyleProject job = rule.createFreeStyleProject();
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("rig");
        limit.setScope(Scope.SHARED.name());
        limit.setBehavior(behavior);
        job.addProperty(limit);
        return job;
    }

    @Test
    void anEntryWaitsInTheQueueForABuildOfAnotherController() throws Exception {
        RequestKey held = other.take(RIG);
        FreeStyleProject job = job(Behavior.QUEUE);
        QueueTaskFuture<FreeStyleBuild> build = job.scheduleBuild2(0);
        eventually("it says for what it waits", () -> {
            Queue.Item item = job.getQueueItem();
            return item != null && String.valueOf(item.getWhy()).contains("shared group 'rig'");
        });
        RequestKey behind = other.ask(RIG);
        other.end(held);
        rule.assertBuildStatusSuccess(build);
        eventually("the other controller is next", () -> other.has(behind));
        other.end(behind);
    }

    @Test
    void whoDoesNotWaitLeavesTheQueueWhenTheAnswerComes() throws Exception {
        RequestKey held = other.take(RIG);
        FreeStyleProject job = job(Behavior.CANCEL);
        QueueTaskFuture<FreeStyleBuild> build = job.scheduleBuild2(0);
        assertNotNull(build);
        eventually("it leaves the queue", () -> job.getQueueItem() == null);
        assertTrue(build.isCancelled());
        other.end(held);
        rule.buildAndAssertSuccess(job(Behavior.CANCEL));
    }

    @Test
    void whatCanNeverBeHadEndsInABuildThatSaysSo() throws Exception {
        FreeStyleProject job = rule.createFreeStyleProject();
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("rigg");
        limit.setScope(Scope.SHARED.name());
        job.addProperty(limit);
        FreeStyleBuild build = rule.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        rule.assertLogContains("There is no shared group 'rigg'", build);
        assertEquals(1, build.getNumber());
    }
}
