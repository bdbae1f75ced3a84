package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Launcher;
import hudson.XmlFile;
import hudson.model.AbstractBuild;
import hudson.model.Action;
import hudson.model.BuildListener;
import hudson.model.Environment;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.model.queue.QueueListener;
import hudson.model.queue.WorkUnit;
import hudson.model.queue.WorkUnitContext;
import io.jenkins.plugins.concurrency.manager.RelocationListener;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** What happens to queue items and their builds, as far as their limits are concerned. */
final class GateListeners {
    private GateListeners() {}

    /** Called under the queue's lock: so nothing is done here but noting it down. */
    @Extension
    public static final class Items extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            GateEntry entry = QueueGate.get().entries().leave(item);
            if (entry != null) {
                if (item.isCancelled()) {
                    entry.life().end();
                } else {
                    entry.life().leave();
                }
                QueueGate.get().later(() -> discardWithoutBuild(entry, item.outcome));
            }
        }

        /**
         * @param outcome null if the item was cancelled
         */
        private static void discardWithoutBuild(GateEntry entry, WorkUnitContext outcome) {
            // Where the build is made, if it can be, the queue is locked: so once it is not, that is known.
            boolean hasBuild =
                    outcome != null && Queue.callWithLock(outcome.getPrimaryWorkUnit()::getExecutable) != null;
            if (!hasBuild) {
                QueueGate.get().discard(entry);
            }
        }

        @Override
        public void onEnterBlocked(Queue.BlockedItem item) {
            if (item.getCauseOfBlockage() instanceof QueueBlockage
                    || Jenkins.get().isQuietingDown()) {
                return;
            }
            GateEntry entry = QueueGate.get().known(item);
            if (entry == null || !entry.life().yieldSlots()) {
                QueueGate.get().askEarly(item);
            } else {
                QueueGate.get().later(entry::giveBack);
            }
        }

        @Override
        public void onEnterBuildable(Queue.BuildableItem item) {
            GateEntry entry = QueueGate.get().known(item);
            if (entry != null) {
                QueueGate.get().watch(entry);
            }
        }
    }

    /** Somebody wants a build of a job: the queue may take that for one of those that wait, which has one more cause then. */
    @Extension
    public static final class Causes extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            reconsider(task);
            return true;
        }
    }

    /** A job's limit may have changed; and the queue is saved every minute, and before all is loaded again. */
    @Extension
    public static final class Jobs extends SaveableListener {
        @Override
        public void onChange(Saveable changed, XmlFile file) {
            if (changed instanceof Queue) {
                QueueGate.get().forgetGone();
            }
            if (changed instanceof Job<?, ?> job) {
                limitMayHaveChanged(job);
            }
        }

        private static void changeLimit(Queue.Item item, @CheckForNull ConcurrencyLimitProperty limit) {
            GateEntry entry = QueueGate.get().known(item);
            if (entry != null && limit != null) {
                entry.change(requests -> requests.changeLimit(limit.getLimit()));
            }
        }
    }

    /** A job was saved, or was read again: those of its builds that wait follow it. */
    static void limitMayHaveChanged(Job<?, ?> job) {
        SavedLimits.saved(job);
        if (job instanceof Queue.Task task) {
            each(task, item -> Jobs.changeLimit(item, SavedLimits.of(job)));
            reconsider(task);
        }
    }

    private static void reconsider(Queue.Task task) {
        each(task, QueueGate.get()::reconsider);
    }

    private static void each(Queue.Task task, Consumer<Queue.Item> action) {
        QueueGate gate = QueueGate.get();
        if (!gate.entries().isEmpty()) {
            // With the lock, so that what is happening to the queue now has happened then.
            gate.later(() ->
                    Queue.callWithLock(() -> Queue.getInstance().getItems(task)).forEach(action));
        }
    }

    /** A job or a folder has another name: whoever waits asks by that, also if it asks for nothing just now. */
    @Extension
    public static final class Names implements RelocationListener {
        @Override
        public void relocated(@NonNull String from, @NonNull String to) {
            for (GateEntry entry : QueueGate.get().entries().all()) {
                entry.change(requests -> requests.relocated(from, to));
            }
        }
    }

    /** Sees to it that an item gives back what it has also where its build came to nothing. */
    @Extension
    public static final class Executors implements ExecutorListener {
        @Override
        public void taskCompleted(Executor executor, Queue.Task task, long duration) {
            WorkUnit work = executor.getCurrentWorkUnit();
            GateEntry entry = work == null ? null : EntryLookup.find(work.context.item);
            if (entry != null) {
                QueueGate.get().later(() -> QueueGate.get().discard(entry));
            }
        }

        @Override
        public void taskCompletedWithProblems(Executor executor, Queue.Task task, long duration, Throwable problems) {
            taskCompleted(executor, task, duration);
        }
    }

    /** Tells a build's log, and ends a build that started only to end. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onStarted(Run<?, ?> run, @NonNull TaskListener listener) {
            GateEntry entry = EntryLookup.find(run);
            if (entry != null) {
                entry.started(listener);
            }
            // A cap may have come into being since it left the queue.
            QueueGate.get().later(() -> CapAdoption.adopt(run));
        }

        @Override
        public Environment setUpEnvironment(
                @NonNull AbstractBuild build, @NonNull Launcher launcher, @NonNull BuildListener listener)
                throws IOException, InterruptedException {
            GateEntry entry = EntryLookup.find((Run<?, ?>) build);
            if (entry != null && entry.end().isDecided()) {
                throw new Run.RunnerAbortedException();
            }
            return super.setUpEnvironment(build, launcher, listener);
        }
    }
}
