package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Pipeline that is resumed comes from another item of the queue than the one that it was: Jenkins makes one for that. */
class ResumedTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static Limited job(JenkinsRule jenkins) {
        return new Limited(jenkins, jenkins.jenkins.getItemByFullName("job", WorkflowJob.class));
    }

    private static void awaitResumed(Run<?, ?> run, long before) throws Exception {
        Limited.until(() -> run.getQueueId() != before, () -> run + " has no executor");
        assertNotEquals(before, run.getQueueId());
        run.save();
    }

    @Test
    void aBuildThatIsResumedTwiceKeepsItsSlotAndGivesItBackAtItsEnd() throws Throwable {
        long[] id = new long[1];
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "job", Roads.limit(1));
            id[0] = job.inside().getQueueId();
            job.waiting();
        });
        for (int restart = 1; restart <= 2; restart++) {
            sessions.then(jenkins -> {
                Roads.awaitRecovered();
                awaitResumed(job(jenkins).job().getBuildByNumber(1), id[0]);
                Roads.awaitWhy(Queue.getInstance().getItems()[0], "place 1. Held by job #1");
                assertEquals(1, Roads.used(Roads.GROUP));
            });
        }
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            Limited job = job(jenkins);
            job.finish(job.inside(1));
            job.finish(job.inside(2));
            Idle.await();
        });
    }

    @Test
    void whoWasCancelledForItStillNamesIt() throws Throwable {
        long[] id = new long[1];
        sessions.then(jenkins -> {
            ConcurrencyLimitProperty limit = Roads.limit(1);
            limit.setBehavior(Behavior.CANCEL_RUNNING);
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "job", limit);
            Run<?, ?> first = job.inside();
            id[0] = job.inside().getQueueId();
            job.ended(first, Result.ABORTED);
        });
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            Limited job = job(jenkins);
            Run<?, ?> second = job.inside(2);
            awaitResumed(second, id[0]);
            Interruption cause = (Interruption) job.job()
                    .getBuildByNumber(1)
                    .getAction(InterruptedBuildAction.class)
                    .getCauses()
                    .get(0);
            assertEquals(second, cause.getNewerBuild());
            job.finish(second);
        });
    }

    @Test
    void itCountsOnceForACap() throws Throwable {
        long[] id = new long[1];
        sessions.then(jenkins -> {
            ConcurrencySettings.get().setCap(2);
            id[0] = Limited.create(jenkins, Kind.PIPELINE, "job", null).inside().getQueueId();
        });
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            awaitResumed(job(jenkins).job().getBuildByNumber(1), id[0]);
            Roads.awaitUsed(Roads.CAP, 1);
        });
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            // The builds that run are looked for once more.
            ConcurrencySettings.get().setCap(1);
            Limited job = job(jenkins);
            job.schedule();
            Roads.awaitWaiting(Roads.CAP, 1);
            assertEquals(1, Roads.used(Roads.CAP));
            job.finish(job.inside(1));
            job.finish(job.inside(2));
            ConcurrencySettings.get().setCap(null);
            Idle.await();
        });
    }
}
