package io.jenkins.plugins.concurrency.queue;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.remoting.SingleLaneExecutorService;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Keeps queue items from starting until they have what they ask for.
 *
 * <p>The queue asks under its lock, again and again, for each item. So the answer is the state of its {@link GateEntry}, and
 * all else happens on a thread of ours, in the order in which the items came; that wakes the queue when an answer has
 * changed. An entry is known by the item's id alone: the item is another object in each state of the queue, and after
 * Jenkins has loaded its configuration again.
 *
 * <p>It comes after all other dispatchers: an item that one of these keeps waiting shall not have a slot meanwhile.
 */
@Extension(ordinal = -1_000_000)
@Restricted(NoExternalUse.class)
public final class QueueGate extends QueueTaskDispatcher {
    private static final Logger LOGGER = Logger.getLogger(QueueGate.class.getName());

    /** For how long an item keeps its slots while no executor takes it. */
    private static final int PATIENCE_SECONDS =
            SystemProperties.getInteger(QueueGate.class.getName() + ".patienceSeconds", 3);

    private final EntryRegistry entries = new EntryRegistry();
    private final ExecutorService lane = new SingleLaneExecutorService(Computer.threadPoolForRemoting);

    static QueueGate get() {
        return ExtensionList.lookupSingleton(QueueGate.class);
    }

    static boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    /** The job that a queue item is to become a build of; null for a part of a build, or anything else. */
    static Job<?, ?> jobOf(Queue.Item item) {
        return item.task instanceof Job<?, ?> job && isWhole(job) ? job : null;
    }

    /** Whether it is not a part of another job, as a configuration of a matrix is. */
    static boolean isWhole(Job<?, ?> job) {
        return !(job.getParent() instanceof Job);
    }

    static void wakeQueue() {
        Queue.getInstance().scheduleMaintenance();
    }

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        Job<?, ?> job = jobOf(item);
        GateEntry entry = job == null ? null : entries.of(item, job, isLimited(job));
        if (entry == null) {
            return null;
        }
        if (entry.life().startToAsk()) {
            proceed(entry);
        }
        return switch (entry.life().state()) {
            // A parked one is asked for when an executor comes: until then it says that it needs one.
            case READY, PARKED -> null;
            default -> new QueueBlockage(entry);
        };
    }

    @Override
    public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
        GateEntry entry = entries.get(item.getId());
        if (entry == null || entry.life().is(State.READY)) {
            return null;
        }
        Computer computer = node.toComputer();
        if (entry.life().is(State.PARKED) && computer != null && computer.isOnline() && computer.isAcceptingTasks()) {
            if (entry.takeAgain()) {
                watch(entry);
                return null;
            }
            proceed(entry);
        }
        return new QueueBlockage(entry);
    }

    private static boolean isLimited(Job<?, ?> job) {
        return SavedLimits.of(job) != null || !ConcurrencySettings.get().caps().isEmpty();
    }

    EntryRegistry entries() {
        return entries;
    }

    /** The entry of an item; null if there is none. */
    GateEntry known(Queue.Item item) {
        Job<?, ?> job = jobOf(item);
        return job == null ? null : entries.of(item, job, false);
    }

    /**
     * Asks for an item that the queue keeps waiting for a reason of its own, such as a build in progress of a job that runs
     * one at a time: what its job's limit says may well be to end that build, or this item. Under the queue's lock.
     */
    void askEarly(Queue.Item item) {
        Job<?, ?> job = jobOf(item);
        ConcurrencyLimitProperty limit = job == null ? null : SavedLimits.of(job);
        if (limit != null && limit.getBehavior() != Behavior.QUEUE) {
            GateEntry entry = entries.of(item, job, true);
            if (entry.life().startToAsk()) {
                proceed(entry);
            }
        }
    }

    /** Goes on with an entry, if its item is in the queue. */
    void proceed(GateEntry entry) {
        later(() -> {
            Queue.Item item = Queue.getInstance().getItem(entry.id());
            if (item == null && entries.has(entry)) {
                entries.removeGone(List.of(entry)).forEach(GateEntry::discard);
            } else if (item != null && entry.proceed(item)) {
                watch(entry);
            }
            wakeQueue();
        });
    }

    /** An entry may start: sees to it that it keeps nobody waiting if no executor takes it. */
    void watch(GateEntry entry) {
        Timer.get().schedule(() -> later(() -> park(entry)), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void park(GateEntry entry) {
        if (Jenkins.get().isQuietingDown() && entry.life().is(State.READY)) {
            // It has its time once Jenkins starts builds again.
            watch(entry);
            return;
        }
        Queue.withLock(() -> {
            Queue.Item item = Queue.getInstance().getItem(entry.id());
            if (item instanceof Queue.BuildableItem buildable
                    && !buildable.isPending()
                    // One of these needs no executor: it starts as soon as Jenkins starts any.
                    && !(item.task instanceof Queue.FlyweightTask)) {
                entry.life().park();
            }
        });
        entry.giveBack();
    }

    /** What an entry needs may be another thing now, as its causes or its job's limit have changed. */
    void reconsider(Queue.Item item) {
        GateEntry entry = known(item);
        if (entry == null) {
            return;
        }
        if (entry.isOutdated(item)) {
            Queue.withLock(() -> {
                Queue.Item now = Queue.getInstance().getItem(entry.id());
                if (now != null && !(now instanceof Queue.BuildableItem buildable && buildable.isPending())) {
                    entry.life().askAnew();
                }
            });
        }
        proceed(entry);
    }

    /** Takes an item out of the queue, and puts that on record. */
    void drop(GateEntry entry, Outcome outcome, GroupKey group, Optional<Owner> by) {
        later(() -> {
            Queue.Item item = Queue.getInstance().getItem(entry.id());
            List<Cause> causes = item == null ? List.of() : Queue.callWithLock(item::getCauses);
            ConcurrencyManager.get()
                    .refusals()
                    .add(entry.job().getFullName(), group, outcome, by.map(BuildReferences::to), causes);
            cancel(entry.id());
        });
    }

    static void cancel(long id) {
        // Looked up under the lock: in its next state an item is another object, and the old one cannot be cancelled.
        Queue.withLock(() -> {
            Queue.Item item = Queue.getInstance().getItem(id);
            if (item != null) {
                Queue.getInstance().cancel(item);
            }
        });
    }

    /** An entry is gone without a build, or its build is over. */
    void discard(GateEntry entry) {
        entry.discard();
        entries.forget(entry);
    }

    /** Has entries give back what they have whose items are gone. */
    void forgetGone() {
        later(() -> entries.removeGone(entries.all()).forEach(GateEntry::discard));
    }

    /** Does something in turn with what else happens to queue items. */
    void later(Runnable task) {
        lane.execute(() -> {
            try {
                if (Jenkins.getInstanceOrNull() != null) {
                    task.run();
                }
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, "Failed to process a change of a queue item", x);
            }
        });
    }
}
