package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build waits for another one to start, and only for that, as {@code build(waitForStart: true)} does. */
@WithJenkins
class StartOnlyTest {
    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        jenkins.jenkins.setNumExecutors(4);
    }

    private WorkflowRun parent(String block) throws Exception {
        return story.start(story.script("parent", block + """
                 {
                    build job: 'child', waitForStart: true, quietPeriod: 0
                    semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
                }
                """));
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatCouldStartOnlyAfterWhoWaitsForThatIsADeadlockWithAName(Kind kind) throws Exception {
        Limited child = Limited.create(jenkins, kind, "child", Roads.limit(1));
        WorkflowRun parent = parent("concurrency(group: 'g', limit: 1)");
        Limited.until(() -> child.job().getBuildByNumber(1) != null, () -> "the child never starts");
        Run<?, ?> failed = child.job().getBuildByNumber(1);
        child.ended(failed, Result.FAILURE);
        jenkins.assertLogContains(
                "Deadlock: this build waits for group 'g' of the top level, which parent #1 holds,"
                        + " and parent #1 waits for this build to start",
                failed);
        story.awaitInside(parent);
        story.finish(parent);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void itStartsInASlotOfItsOwnWhereThereIsOne(Kind kind) throws Exception {
        Limited child = Limited.create(jenkins, kind, "child", Roads.limit(2));
        WorkflowRun parent = parent("concurrency(group: 'g', limit: 2)");
        Run<?, ?> run = child.inside(1);
        story.awaitInside(parent);
        assertEquals(2, Roads.used(Roads.GROUP));
        story.finish(parent);
        assertEquals(1, Roads.used(Roads.GROUP));
        child.finish(run);
        Idle.await();
    }

    @Test
    void itWaitsForASlotThatSomebodyElseHas() throws Exception {
        Limited child = Limited.create(jenkins, Kind.FREESTYLE, "child", Roads.limit(2));
        Limited other = Limited.create(jenkins, Kind.FREESTYLE, "other", Roads.limit(2));
        Run<?, ?> beside = other.inside();
        WorkflowRun parent = parent("concurrency(group: 'g', limit: 2)");
        Roads.awaitWaiting(Roads.GROUP, 1);
        other.finish(beside);
        Run<?, ?> run = child.inside(1);
        story.awaitInside(parent);
        story.finish(parent);
        child.finish(run);
        Idle.await();
    }

    @Test
    void aBlockInsideAnotherGroupThatTheChildOfTheWholeBuildNeedsIsOneToo() throws Exception {
        Limited child = Limited.create(jenkins, Kind.PIPELINE, "child", Roads.limit(1));
        WorkflowRun other = story.start(story.script("other", """
                concurrency(group: 'g', limit: 1) {
                    semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
                    concurrency(group: 'h', limit: 1) { echo 'both' }
                }
                """));
        story.awaitInside(other);
        WorkflowRun parent = parent("concurrency(group: 'h', limit: 1)");
        Roads.awaitWaiting(Roads.GROUP, 1);
        story.leave(other);
        story.ended(other, Result.FAILURE);
        jenkins.assertLogContains("Deadlock: ", other);
        Run<?, ?> run = child.inside(1);
        story.awaitInside(parent);
        story.finish(parent);
        child.finish(run);
        Idle.await();
    }

    @Test
    void aFullCapIsADeadlockToo() throws Exception {
        ConcurrencySettings.get().setCap(1);
        Limited child = Limited.create(jenkins, Kind.FREESTYLE, "child", null);
        WorkflowRun parent = parent("concurrency(group: 'g')");
        Limited.until(() -> child.job().getBuildByNumber(1) != null, () -> "the child never starts");
        Run<?, ?> failed = child.job().getBuildByNumber(1);
        child.ended(failed, Result.FAILURE);
        jenkins.assertLogContains(
                "Deadlock: this build waits for the cap of all builds, which parent #1 holds", failed);
        story.awaitInside(parent);
        story.finish(parent);
        ConcurrencySettings.get().setCap(null);
        Idle.await();
    }
}
