package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hudson.model.Action;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.GateEntry;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build is scheduled again with all actions of an older one, as plugins do whose agents went away. */
@WithJenkins
class RescheduleTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    private static Queue.Item again(Run<?, ?> old) {
        return Queue.getInstance()
                .schedule2((Queue.Task) old.getParent(), 0, List.<Action>copyOf(old.getAllActions()))
                .getItem();
    }

    /** What a build has on record. */
    private static String record(Run<?, ?> run) {
        List<GateEntry> entries = run.getActions(GateEntry.class);
        assertEquals(1, entries.size());
        return Items.XSTREAM2.toXML(entries.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void itWaitsWhileTheOldBuildRuns(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Run<?, ?> first = job.inside();
        GateEntry entry = first.getAction(GateEntry.class);
        String before = record(first);
        Queue.Item item = again(first);
        Roads.awaitWhy(item, "Held by job #1");
        assertEquals(before, record(first));
        job.finish(first);
        Run<?, ?> second = job.inside(item);
        assertEquals(1, Roads.used(Roads.GROUP));
        assertSame(entry, first.getAction(GateEntry.class));
        assertEquals(1, second.getActions(GateEntry.class).size());
        Queue.Item third = job.waiting();
        job.finish(second);
        job.finish(job.inside(third));
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void itWaitsWhenTheOldBuildHasEnded(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Run<?, ?> first = job.inside();
        job.finish(first);
        Run<?, ?> second = job.inside();
        Queue.Item item = again(first);
        Roads.awaitWhy(item, "Held by job #2");
        job.finish(second);
        Run<?, ?> third = job.inside(item);
        Queue.Item fourth = again(third);
        Roads.awaitWhy(fourth, "Held by job #3");
        job.finish(third);
        job.finish(job.inside(fourth));
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void itGivesBackNothingOfTheOldBuildsWhereTheJobHasNoLimitAnyMore(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Run<?, ?> first = job.inside();
        String before = record(first);
        job.edit(null);
        Run<?, ?> second = job.inside(again(first));
        assertEquals(List.of(), second.getActions(GateEntry.class));
        job.finish(second);
        assertEquals(1, Roads.used(Roads.GROUP));
        assertEquals(before, record(first));
        job.finish(first);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void itDoesNotEndBecauseTheOldBuildWasToldTo(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = Roads.limit(1);
        limit.setBehavior(Behavior.CANCEL_RUNNING);
        Limited job = Limited.create(jenkins, kind, "job", limit);
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        job.ended(first, Result.ABORTED);
        Run<?, ?> third = job.inside(again(first));
        job.ended(second, Result.ABORTED);
        job.finish(third);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void itCountsForACapOnItsOwn(Kind kind) throws Exception {
        ConcurrencySettings.get().setCap(1);
        Limited job = Limited.create(jenkins, kind, "job", null);
        Run<?, ?> first = job.inside();
        Queue.Item item = again(first);
        Roads.awaitWhy(item, "Waiting for the cap");
        job.finish(first);
        Run<?, ?> second = job.inside(item);
        assertEquals(1, Roads.used(Roads.CAP));
        job.finish(second);
        ConcurrencySettings.get().setCap(null);
        Idle.await();
    }
}
