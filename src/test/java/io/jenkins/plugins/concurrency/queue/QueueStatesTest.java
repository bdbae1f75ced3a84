package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What happens while an item goes from one state of the queue to the next. */
@ExtendWith(OneJenkins.class)
class QueueStatesTest {
    /**
     * Keeps an item on its way until the gate is about to cancel it. It is told after the plugin's own listener, as its name
     * comes later.
     */
    @TestExtension
    public static final class Slow extends QueueListener {
        static final AtomicBoolean SEEN = new AtomicBoolean();

        @Override
        public void onEnterBlocked(Queue.BlockedItem item) {
            if (item.getCauseOfBlockage() instanceof QueueBlockage) {
                // The first one, which only waits until it is granted its slot.
                return;
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!SEEN.get() && System.nanoTime() < end) {
                Thread.onSpinWait();
                SEEN.set(Thread.getAllStackTraces().entrySet().stream()
                        .anyMatch(thread -> thread.getKey().getState() == Thread.State.WAITING
                                && runs(thread.getValue(), name -> name.startsWith(QueueGate.class.getName()))
                                && runs(thread.getValue(), Queue.class.getName()::equals)));
            }
        }

        private static boolean runs(StackTraceElement[] stack, Predicate<String> type) {
            return Arrays.stream(stack).map(StackTraceElement::getClassName).anyMatch(type);
        }
    }

    @Test
    void anItemIsDroppedAlsoWhileItGoesFromOneStateToAnother(JenkinsRule jenkins) throws Exception {
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "one", LimitTest.limit(1, Behavior.SKIP));
        ((FreeStyleProject) job.job()).setConcurrentBuild(false);
        Run<?, ?> first = job.inside();
        var dropped = job.schedule();
        Limited.until(dropped::isCancelled, () -> "still in the queue");
        assertTrue(Slow.SEEN.get(), "the item was not cancelled while it was on its way");
        job.finish(first);
    }
}
