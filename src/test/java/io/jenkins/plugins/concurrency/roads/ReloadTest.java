package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.Util;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An administrator has Jenkins reload its configuration from disk: all jobs and queue items are other objects then. */
@WithJenkins
class ReloadTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    private Limited limited(Kind kind, String name, int limit) throws Exception {
        return Limited.create(jenkins, kind, name, Roads.limit(limit));
    }

    /** The job as it is now. */
    private Limited now(Limited job) {
        return new Limited(jenkins, jenkins.jenkins.getItemByFullName(job.job().getFullName(), Job.class));
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatWaitsStartsAfterAReload(Kind kind) throws Exception {
        Limited job = limited(kind, "job", 1);
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        Queue.Item third = job.waiting();
        jenkins.jenkins.reload();
        Roads.awaitWhy(second, "place 1. Held by job #1");
        Roads.awaitWhy(third, "place 2. Held by job #1");
        Limited now = now(job);
        Queue.Item newcomer = now.waiting();
        now.finish(first);
        for (int number = 2; number <= 4; number++) {
            Run<?, ?> next = now.inside(number);
            assertEquals(1, Roads.used(Roads.GROUP));
            assertEquals(4 - number, Roads.waiting(Roads.GROUP));
            now.finish(next);
        }
        assertEquals(newcomer.getId(), now.job().getBuildByNumber(4).getQueueId());
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatRunsKeepsItsSlotOverAReload(Kind kind) throws Exception {
        Limited job = limited(kind, "job", 1);
        Run<?, ?> first = job.inside();
        jenkins.jenkins.reload();
        Limited now = now(job);
        Queue.Item second = now.waiting();
        Roads.awaitWhy(second, "Held by job #1");
        now.finish(first);
        now.finish(now.inside(2));
        Idle.await();
    }

    @Test
    void anEntryThatIsReadyStartsAfterAReloadWhenAnExecutorIsFree() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        Limited busy = Limited.create(jenkins, Kind.FREESTYLE, "busy", null);
        Run<?, ?> occupant = busy.inside();
        Limited job = limited(Kind.FREESTYLE, "job", 1);
        job.ready();
        jenkins.jenkins.reload();
        Limited now = now(job);
        busy.finish(occupant);
        now.finish(now.inside(1));
        Idle.await();
    }

    @Test
    void anEntryThatNoExecutorTookStartsAfterAReloadAndKeepsNobodyOutMeanwhile() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        Limited busy = Limited.create(jenkins, Kind.FREESTYLE, "busy", null);
        Run<?, ?> occupant = busy.inside();
        Limited job = limited(Kind.FREESTYLE, "job", 1);
        job.ready();
        Roads.awaitUsed(Roads.GROUP, 0);
        jenkins.jenkins.reload();
        Limited other = limited(Kind.PIPELINE, "other", 1);
        other.finish(other.inside());
        Limited now = now(job);
        busy.finish(occupant);
        now.finish(now.inside(1));
        Idle.await();
    }

    @Test
    void aStepThatRunsAndOneThatWaitsGoOnAfterAReload() throws Exception {
        Story story = new Story(jenkins);
        WorkflowJob job = story.job("job", "group: 'g'");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        jenkins.jenkins.reload();
        WorkflowRun third = story.waiting(jenkins.jenkins.getItemByFullName("job", WorkflowJob.class));
        assertEquals(1, Roads.used(Roads.GROUP));
        assertEquals(2, Roads.waiting(Roads.GROUP));
        story.finish(first);
        story.awaitInside(second);
        story.finish(second);
        story.awaitInside(third);
        story.finish(third);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void aFullCapIsFullAfterAReload(Kind kind) throws Exception {
        ConcurrencySettings.get().setCap(1);
        Limited job = Limited.create(jenkins, kind, "job", null);
        Run<?, ?> first = job.inside();
        job.schedule();
        Roads.awaitWaiting(Roads.CAP, 1);
        jenkins.jenkins.reload();
        Limited now = now(job);
        now.schedule();
        Roads.awaitWaiting(Roads.CAP, 2);
        now.finish(first);
        Run<?, ?> second = now.inside(2);
        assertEquals(1, Roads.used(Roads.CAP));
        now.finish(second);
        now.finish(now.inside(3));
        ConcurrencySettings.get().setCap(null);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryWhoseJobWasDeletedOnDiskKeepsNobodyOut(Kind kind) throws Exception {
        Limited job = limited(Kind.FREESTYLE, "job", 1);
        Limited gone = limited(kind, "gone", 1);
        Run<?, ?> first = job.inside();
        gone.waiting();
        Queue.Item after = job.waiting();
        Util.deleteRecursive(gone.job().getRootDir());
        jenkins.jenkins.reload();
        Limited now = now(job);
        assertNull(jenkins.jenkins.getItem("gone"));
        Roads.awaitWhy(after, "Held by job #1");
        now.finish(first);
        now.finish(now.inside(2));
        Idle.await();
    }

    @Test
    void whoIsGoneWithItsJobIsForgottenThoughNobodyLeaves() throws Exception {
        Limited job = limited(Kind.FREESTYLE, "job", 1);
        Limited gone = limited(Kind.FREESTYLE, "gone", 1);
        Run<?, ?> first = job.inside();
        gone.waiting();
        Util.deleteRecursive(gone.job().getRootDir());
        jenkins.jenkins.reload();
        // Jenkins does so itself every minute.
        Queue.getInstance().save();
        Roads.awaitWaiting(Roads.GROUP, 0);
        now(job).finish(first);
        Idle.await();
    }
}
