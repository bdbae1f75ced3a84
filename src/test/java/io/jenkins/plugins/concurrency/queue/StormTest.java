package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Many builds of many jobs at once. */
@WithJenkins
class StormTest {
    private static final int GROUPS = 5;
    private static final int JOBS = 20;
    private static final int BUILDS = 10;
    private static final AtomicIntegerArray INSIDE = new AtomicIntegerArray(GROUPS);
    private static final AtomicIntegerArray MOST = new AtomicIntegerArray(GROUPS);
    private static final AtomicInteger OVER = new AtomicInteger();
    /** Where the first builds of a group meet: as many as it has slots. */
    private static final List<CountDownLatch> MEETING = IntStream.range(0, GROUPS)
            .mapToObj(group -> new CountDownLatch(limit(group)))
            .toList();

    /** 1 to 3. */
    private static int limit(int group) {
        return 1 + group % 3;
    }

    /** Counts who is inside a group, and who finds too many there. Called by Pipelines too. */
    public static void enter(int group) {
        int inside = INSIDE.incrementAndGet(group);
        MOST.accumulateAndGet(group, inside, Math::max);
        if (inside > limit(group)) {
            OVER.incrementAndGet();
        }
    }

    public static void leave(int group) {
        INSIDE.decrementAndGet(group);
    }

    /** Is inside a group for a moment. */
    public static final class Busy extends TestBuilder {
        private final int group;

        Busy(int group) {
            this.group = group;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException {
            enter(group);
            MEETING.get(group).countDown();
            boolean met = MEETING.get(group).await(60, TimeUnit.SECONDS);
            leave(group);
            return met;
        }
    }

    @Test
    void twoHundredBuildsOfTwentyJobsNeverExceedTheLimitsOfFiveGroups(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(8);
        List<QueueTaskFuture<?>> futures = new ArrayList<>();
        List<Limited> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            int group = i % GROUPS;
            ConcurrencyLimitProperty limit = LimitTest.limit(limit(group), Behavior.QUEUE);
            limit.setGroup("group-" + group);
            Limited job = Limited.create(jenkins, i % 4 == 0 ? Kind.PIPELINE : Kind.FREESTYLE, "job-" + i, limit);
            if (job.job() instanceof FreeStyleProject freestyle) {
                freestyle.getBuildersList().replaceBy(List.of(new Busy(group)));
            } else {
                ((WorkflowJob) job.job())
                        .setDefinition(new CpsFlowDefinition(
                                "%1$s.enter(%2$d); sleep time: 5, unit: 'MILLISECONDS'; %1$s.leave(%2$d)"
                                        .formatted(StormTest.class.getName(), group),
                                false));
            }
            jobs.add(job);
        }
        for (int i = 0; i < BUILDS; i++) {
            for (Limited job : jobs) {
                futures.add(job.schedule());
            }
        }
        for (QueueTaskFuture<?> future : futures) {
            Run<?, ?> run = (Run<?, ?>) future.getStartCondition().get(180, TimeUnit.SECONDS);
            // Not until its future or its executor tells: these never learn of the end of a Pipeline that is done
            // before its
            // executor has left it alone, as may happen to one as short as these.
            Gates.eventually(run + " ends", () -> !run.isBuilding());
            jenkins.assertBuildStatusSuccess(run);
        }
        assertEquals(0, OVER.get());
        for (int group = 0; group < GROUPS; group++) {
            assertEquals(0, INSIDE.get(group));
            assertEquals(limit(group), MOST.get(group), "as many as it has slots shared group " + group);
        }
        Idle.await();
    }
}
