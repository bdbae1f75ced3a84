package io.jenkins.plugins.concurrency.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.remoting.SingleLaneExecutorService;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.queue.QueuedBuild.State;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps queue items from starting until they have what they ask for.
 *
 * <p>The queue asks under its lock, again and again, for each item. So the answer is looked up in the item itself, and all
 * else happens on a thread of ours, in the order in which the items came; that wakes the queue when an answer has changed.
 *
 * <p>It comes after all other dispatchers: an item that one of these keeps waiting shall not have a slot meanwhile.
 */
@Extension(ordinal = -1_000_000)
public final class Gate extends QueueTaskDispatcher {
    private static final Logger LOGGER = Logger.getLogger(Gate.class.getName());

    private final ExecutorService lane = new SingleLaneExecutorService(Computer.threadPoolForRemoting);

    static Gate get() {
        return ExtensionList.lookupSingleton(Gate.class);
    }

    /** The job that a queue item is to become a build of; null for a part of a build, or anything else. */
    static Job<?, ?> jobOf(Queue.Item item) {
        return item.task instanceof Job<?, ?> job && isWhole(job) ? job : null;
    }

    /** Whether it is not a part of another job, as a configuration of a matrix is. */
    static boolean isWhole(Job<?, ?> job) {
        return !(job.getParent() instanceof Job);
    }

    static QueuedBuild of(Queue.Item item) {
        return item.getAction(QueuedBuild.class);
    }

    static void wakeQueue() {
        Queue.getInstance().scheduleMaintenance();
    }

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        QueuedBuild build = of(item);
        if (build == null) {
            Job<?, ?> job = jobOf(item);
            if (job == null || !isLimited(job)) {
                return null;
            }
            // Under the queue's lock, so that the item that takes this one's place in the queue has it too.
            build = new QueuedBuild(item.getId());
            item.addAction(build);
        }
        if (build.change(State.NEW, State.ASKED)) {
            proceed(build, item);
        }
        return build.state() == State.READY ? null : new QueueBlockage(build, jobOf(item));
    }

    /**
     * Asks for an item that the queue keeps waiting for a reason of its own, such as a build in progress of a job that runs
     * one at a time: what its job's limit says may well be to end that build, or this item. Under the queue's lock.
     */
    void askEarly(Queue.Item item) {
        Job<?, ?> job = jobOf(item);
        ConcurrencyLimitProperty limit = job == null ? null : job.getProperty(ConcurrencyLimitProperty.class);
        if (limit != null && limit.getBehavior() != Behavior.QUEUE) {
            QueuedBuild build = new QueuedBuild(item.getId());
            item.addAction(build);
            build.change(State.NEW, State.ASKED);
            proceed(build, item);
        }
    }

    /** Takes an item out of the queue. */
    void cancel(long id) {
        // Looked up under the lock: in its next state an item is another object, and the old one cannot be cancelled.
        later(() -> Queue.withLock(() -> {
            Queue.Item item = Queue.getInstance().getItem(id);
            if (item != null) {
                Queue.getInstance().cancel(item);
            }
        }));
    }

    private static boolean isLimited(Job<?, ?> job) {
        return job.getProperty(ConcurrencyLimitProperty.class) != null
                || !ConcurrencySettings.get().caps().isEmpty();
    }

    private void proceed(QueuedBuild build, Queue.Item item) {
        later(() -> build.proceed(item, jobOf(item)));
    }

    /** Goes on with an item, if it is in the queue. */
    void proceed(QueuedBuild build, long id) {
        Queue.Item item = Queue.getInstance().getItem(id);
        if (item != null) {
            proceed(build, item);
        }
    }

    /** Does something in turn with what else happens to queue items. */
    void later(Runnable task) {
        lane.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, "Failed to follow what happens to a queue item", x);
            }
        });
    }

    /** Puts on record that an item leaves the queue without a build. */
    static void refused(Job<?, ?> job, long id, GroupKey group, Outcome outcome, Optional<Owner> by) {
        Queue.Item item = Queue.getInstance().getItem(id);
        List<Cause> causes = item == null ? List.of() : item.getCauses();
        ConcurrencyManager.get().refusals().add(job.getFullName(), group, outcome, by, causes);
    }
}
