package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.records.Refusal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An entry that leaves the queue is on record then, with why it was there. */
@WithJenkins
class OnRecordTest {
    @Test
    void anEntryThatLeavesIsOnRecordBeforeItIsGone(JenkinsRule jenkins) throws Exception {
        Story story = new Story(jenkins);
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE_LATEST);
        limit.setGroup("shared");
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", limit);
        Run<?, ?> first = job.inside();
        Queue.Item waiting = job.waiting(new CauseAction(new Cause.RemoteCause("hook", "push")));
        CountDownLatch busy = new CountDownLatch(1);
        QueueGate.get().later(() -> awaitUninterruptibly(busy));
        WorkflowRun newer = story.start(story.script("newer", """
                concurrency(group: 'shared', behavior: 'QUEUE_LATEST') {
                }
                """));
        Limited.until(() -> isRefused(waiting), () -> "Why: " + Limited.why(waiting.getId()));
        Queue.getInstance().maintain();
        assertEquals(waiting.getFuture().isCancelled() ? 1 : 0, refusals().size(), "records of it");
        busy.countDown();
        Limited.gone(waiting);
        Refusal refusal = refusals().get(0);
        assertEquals("Started by remote host hook with note: push", refusal.getCauses());
        job.finish(first);
        story.ended(newer, Result.SUCCESS);
        Idle.await();
    }

    private static List<Refusal> refusals() {
        return ConcurrencyManager.get().refusals().of("deploy");
    }

    private static boolean isRefused(Queue.Item waiting) {
        Queue.Item item = Queue.getInstance().getItem(waiting.getId());
        return item == null || EntryLookup.find(item).end().isDecided();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }
}
