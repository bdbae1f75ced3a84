package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.CauseKind;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The queue takes a call for a build of a job for the same as an entry that waits: that has one more cause then. */
@ExtendWith(OneJenkins.class)
class FoldingTest {
    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        jenkins.jenkins.setNumExecutors(4);
    }

    private Limited child(Kind kind) throws Exception {
        return Limited.create(jenkins, kind, "child", Roads.limit(1));
    }

    private static Cause person(String id) {
        return new Cause.UserIdCause(id);
    }

    private WorkflowRun holder(String name) throws Exception {
        return story.start(story.script(name, """
                concurrency(group: 'g') {
                    semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
                    build job: 'child', quietPeriod: 0
                }
                """));
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatABuildIsToWaitForRidesOnWhatThatHolds(Kind kind) throws Exception {
        Limited child = child(kind);
        WorkflowRun parent = holder("parent");
        story.awaitInside(parent);
        Queue.Item item = Roads.schedule(child.job(), person("alice"));
        Roads.awaitWhy(item, "Held by parent #1");
        story.leave(parent);
        Run<?, ?> run = child.inside(1);
        assertEquals(item.getId(), run.getQueueId());
        assertEquals(1, Roads.used(Roads.GROUP));
        jenkins.assertLogContains("A build that waits for this one holds group 'g'", run);
        child.finish(run);
        story.ended(parent, Result.SUCCESS);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void theSecondOfTwoUpstreamsHoldsTheGroup(Kind kind) throws Exception {
        Limited child = child(kind);
        WorkflowRun holder = holder("holder");
        story.awaitInside(holder);
        WorkflowRun outside = story.start(story.script("outside", "build job: 'child', quietPeriod: 0"));
        Roads.awaitWaiting(Roads.GROUP, 1);
        story.leave(holder);
        Run<?, ?> run = child.inside(1);
        assertEquals(1, Roads.used(Roads.GROUP));
        child.finish(run);
        story.ended(holder, Result.SUCCESS);
        story.ended(outside, Result.SUCCESS);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void aTimersEntryThatAPersonWantsTooIsNoTimersAnyMoreAndStarts(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = Roads.limit(1);
        limit.setCauses(List.of(CauseKind.TIMER));
        Limited job = Limited.create(jenkins, kind, "job", limit);
        Run<?, ?> first = job.inside(Roads.schedule(job.job(), new TimerTrigger.TimerTriggerCause()));
        Queue.Item second = Roads.schedule(job.job(), new TimerTrigger.TimerTriggerCause());
        Roads.awaitWhy(second, "Held by job #1");
        assertEquals(second.getId(), Roads.schedule(job.job(), person("alice")).getId());
        Run<?, ?> beside = job.inside(second);
        assertSame(Result.SUCCESS, end(job, beside).getResult());
        end(job, first);
        Idle.await();
    }

    private static Run<?, ?> end(Limited job, Run<?, ?> run) throws Exception {
        job.finish(run);
        return run;
    }

    @ParameterizedTest
    @EnumSource
    void aTimersEntryIsDroppedThoughAPersonComesRightAfterAndThatOneStarts(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = Roads.limit(1);
        limit.setCauses(List.of(CauseKind.TIMER));
        limit.setBehavior(Behavior.SKIP);
        Limited job = Limited.create(jenkins, kind, "job", limit);
        Run<?, ?> first = job.inside(Roads.schedule(job.job(), new TimerTrigger.TimerTriggerCause()));
        Queue.Item second = Roads.schedule(job.job(), new TimerTrigger.TimerTriggerCause());
        Limited.gone(second);
        assertEquals(1, ConcurrencyManager.get().refusals().of("job").size());
        end(job, job.inside(Roads.schedule(job.job(), person("alice"))));
        end(job, first);
        Idle.await();
    }
}
