package io.jenkins.plugins.concurrency.roads;

import static io.jenkins.plugins.concurrency.Gates.eventually;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The same as in {@link ReloadTest} while builds use a group that another controller uses, too. */
@WithJenkins
class SharedReloadTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");

    private JenkinsRule jenkins;
    private Neighbour other;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
        other = new SharedByMemory(shared("rig", 1)).neighbour("other");
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private void reload() throws Exception {
        jenkins.jenkins.reload();
        SharedByMemory.awaitTakesPart();
    }

    private static void stopSharing() throws Exception {
        ConcurrencySettings.get().setDatabase(null);
        Idle.await();
    }

    @Test
    void stepsAndTheOtherControllerKeepTheirPlaces() throws Exception {
        Story story = new Story(jenkins);
        WorkflowJob job = story.job("job", "group: 'rig', scope: 'SHARED'");
        WorkflowRun first = story.inside(job);
        RequestKey between = other.ask(RIG);
        WorkflowRun second = story.waiting(job);
        reload();
        WorkflowRun third = story.waiting(jenkins.jenkins.getItemByFullName("job", WorkflowJob.class));
        assertEquals(1, Roads.used(RIG));
        assertEquals(3, Roads.waiting(RIG));
        assertFalse(other.has(between));
        story.finish(first);
        eventually("the other controller is next", () -> other.has(between));
        other.end(between);
        story.awaitInside(second);
        story.finish(second);
        story.awaitInside(third);
        story.finish(third);
        stopSharing();
    }

    @ParameterizedTest
    @EnumSource
    void entriesAndTheOtherControllerKeepTheirPlaces(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("rig");
        limit.setScope(Scope.SHARED.name());
        Limited job = Limited.create(jenkins, kind, "job", limit);
        Run<?, ?> first = job.inside();
        RequestKey between = other.ask(RIG);
        Queue.Item second = job.waiting();
        reload();
        Limited now = new Limited(jenkins, jenkins.jenkins.getItemByFullName("job", Job.class));
        Roads.awaitWhy(second, "Held by job #1");
        now.waiting();
        assertEquals(1, Roads.used(RIG));
        assertEquals(3, Roads.waiting(RIG));
        now.finish(first);
        eventually("the other controller is next", () -> other.has(between));
        other.end(between);
        now.finish(now.inside(2));
        now.finish(now.inside(3));
        stopSharing();
    }
}
