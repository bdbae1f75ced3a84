package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.XmlFile;
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
import io.jenkins.plugins.concurrency.queue.QueuedBuild.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;

/** What happens to queue items and builds, as far as their limits are concerned. */
final class GateListeners {
    private GateListeners() {}

    /** Called under the queue's lock: so nothing is done here but noting it down. */
    @Extension
    public static final class Items extends QueueListener {
        @Override
        public void onLeft(Queue.LeftItem item) {
            QueuedBuild build = Gate.of(item);
            if (build != null && item.isCancelled()) {
                Gate.get().later(build::left);
            }
        }

        @Override
        public void onEnterBlocked(Queue.BlockedItem item) {
            QueuedBuild build = Gate.of(item);
            if (item.getCauseOfBlockage() instanceof QueueBlockage
                    || Jenkins.get().isQuietingDown()) {
                return;
            }
            if (build == null) {
                Gate.get().askEarly(item);
            } else if (build.change(State.READY, State.NEW)) {
                Gate.get().later(build::giveBack);
            }
        }
    }

    /** A job's limit may have changed. */
    @Extension
    public static final class Jobs extends SaveableListener {
        @Override
        public void onChange(Saveable changed, XmlFile file) {
            if (changed instanceof Job<?, ?> job && job instanceof Queue.Task task) {
                Gate.get().later(() -> Queue.getInstance().getItems(task).forEach(item -> edited(item, job)));
            }
        }

        private static void edited(Queue.Item item, Job<?, ?> job) {
            QueuedBuild build = Gate.of(item);
            if (build != null) {
                build.edited(job);
            }
        }
    }

    /** Sees to it that an item gives back what it has also where no build came of it, as the job was disabled. */
    @Extension
    public static final class Executors implements ExecutorListener {
        @Override
        public void taskCompleted(Executor executor, Queue.Task task, long duration) {
            WorkUnit work = executor.getCurrentWorkUnit();
            QueuedBuild build = work == null ? null : Gate.of(work.context.item);
            if (build != null) {
                Gate.get().later(build::left);
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
            QueuedBuild build = run.getAction(QueuedBuild.class);
            if (build != null) {
                build.started(run, listener);
            }
            // A cap may have come into being since it left the queue.
            Gate.get().later(() -> CapAdoption.adopt(run));
        }
    }

    /** Ends a Pipeline that started only to end, or was to leave, should it not have noticed. */
    @Extension
    public static final class Pipelines extends FlowExecutionListener {
        @Override
        public void onRunning(@NonNull FlowExecution execution) {
            with(execution, (run, build) -> build.running());
        }

        /** Later, as the build is being loaded now; it may be one that nobody knew of when the others were put back. */
        @Override
        public void onResumed(@NonNull FlowExecution execution) {
            Gate.get()
                    .later(() -> with(execution, (run, build) -> {
                        GateRecovery.resumed(run, build);
                        build.running();
                    }));
        }

        private static void with(FlowExecution execution, BiConsumer<Run<?, ?>, QueuedBuild> action) {
            try {
                if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                    QueuedBuild build = run.getAction(QueuedBuild.class);
                    if (build != null) {
                        action.accept(run, build);
                    }
                }
            } catch (IOException x) {
                throw new UncheckedIOException(x);
            }
        }
    }
}
