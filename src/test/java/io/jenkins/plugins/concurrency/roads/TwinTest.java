package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins loads its queue again while an executor is about to start an item: so the item is there, and is a build too. */
@WithJenkins
class TwinTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    /** As a reload does. */
    private static void saveAndLoad() {
        Queue.getInstance().save();
        Queue.getInstance().load();
    }

    @ParameterizedTest
    @EnumSource
    void itRunsOnceAndTheNextWaits(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Roads.whenPending(() -> Roads.schedule(job.job()), TwinTest::saveAndLoad);
        Run<?, ?> first = job.inside(1);
        Limited.until(() -> Queue.getInstance().isEmpty(), () -> "the item is there and its build too");
        assertEquals(1, Roads.used(Roads.GROUP));
        Queue.Item next = job.waiting();
        job.finish(first);
        job.finish(job.inside(next));
        assertEquals(2, job.job().getLastBuild().getNumber());
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForTheBuildIsNotToldThatItWasCancelled(Kind kind) throws Exception {
        Limited child = Limited.create(jenkins, kind, "child", Roads.limit(1));
        Story story = new Story(jenkins);
        Limited blocker = Limited.create(jenkins, Kind.FREESTYLE, "blocker", Roads.limit(1));
        Run<?, ?> before = blocker.inside();
        WorkflowRun parent = story.start(story.script("parent", "build job: 'child', quietPeriod: 0"));
        Roads.awaitWaiting(Roads.GROUP, 1);
        Queue.Item item = Queue.getInstance().getItems()[0];
        // It has its slot before the queue is locked: nothing that the gate has yet to do then may be needed for that.
        Jenkins.get().doQuietDown();
        blocker.finish(before);
        Roads.awaitUsed(Roads.GROUP, 1);
        child.awaitReady(item);
        Roads.whenPending(
                () -> {
                    Jenkins.get().doCancelQuietDown();
                    return item;
                },
                TwinTest::saveAndLoad);
        Run<?, ?> run = child.inside(1);
        Limited.until(() -> Queue.getInstance().isEmpty(), () -> "the item is there and its build too");
        child.finish(run);
        story.ended(parent, Result.SUCCESS);
        Idle.await();
    }
}
