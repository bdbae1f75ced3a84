package io.jenkins.plugins.concurrency.queue;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Restorer;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Puts back, after a restart, what queue items and resumed Pipelines have and wait for. */
@Extension
@Restricted(NoExternalUse.class)
public final class GateRecovery implements Restorer {
    private static final Logger LOGGER = Logger.getLogger(GateRecovery.class.getName());

    @Override
    public void restore(boolean running) {
        Map<Long, Run<?, ?>> builds = new HashMap<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            PipelineListener.with(execution, (run, entry) -> builds.put(entry.id(), run));
            if (running) {
                PipelineListener.build(execution).ifPresent(GateRecovery::resumed);
            }
        }
        for (Queue.Item item : Queue.getInstance().getItems()) {
            GateEntry entry = QueueGate.get().known(item);
            Run<?, ?> build = builds.get(item.getId());
            if (entry != null && (isSame(item, build) || isOutdated(entry, running))) {
                drop(item.getId(), build == null ? "a build" : build.toString());
            }
        }
    }

    /** Puts back what an item has, or waits for. Whether it became a build before. */
    private static boolean isOutdated(GateEntry entry, boolean running) {
        try {
            return entry.restore(running);
        } catch (RuntimeException x) {
            // It asks anew, and its build fails if that makes no sense either.
            LOGGER.log(
                    Level.WARNING,
                    x,
                    () -> "Cannot restore the slots or the place in the queue of queue item " + entry.id());
            return false;
        }
    }

    /**
     * Whether the item has become this build already: Jenkins writes its queue now and then, so that after a crash the item
     * can come back beside the build. An item that came later can have the same id then.
     */
    private static boolean isSame(Queue.Item item, Run<?, ?> build) {
        return build != null
                && build.getParent() == item.task
                && item.getInQueueSince() <= build.getStartTimeInMillis();
    }

    /** Takes an item out of the queue that is there although it has become a build. */
    static void drop(long id, String build) {
        Queue.withLock(() -> {
            Queue.Item item = Queue.getInstance().getItem(id);
            if (item != null) {
                LOGGER.log(Level.INFO, "Queue item {0} is removed: it had already become {1}", new Object[] {
                    String.valueOf(id), build
                });
                // Whoever started the build waits for that one, and is not to hear of a cancelled one.
                item.getActions().forEach(item::removeAction);
                Queue.getInstance().cancel(item);
            }
        });
    }

    /** Puts back what a build has, if it goes on. Caps that came into being meanwhile count it, too. */
    static void resumed(Run<?, ?> run) {
        GateEntry entry = EntryLookup.find(run);
        if (entry != null) {
            putBack(run, entry);
        }
        if (run.isLogUpdated()) {
            CapAdoption.adopt(run);
        }
    }

    private static void putBack(Run<?, ?> run, GateEntry entry) {
        if (run.isLogUpdated()) {
            try {
                entry.restore(true);
            } catch (RuntimeException x) {
                // It must not run without a slot, and the others go on.
                LOGGER.log(
                        Level.WARNING, x, () -> "Cannot determine which slots " + run + " holds; the build is stopped");
                String why = "Cannot determine which slots this build holds: " + x.getMessage();
                Runs.interrupt(run, Result.FAILURE, new RequestFailedCause(why));
            }
            if (!run.isLogUpdated()) {
                // It ended before its lease was put back, and so nobody would give it back.
                ConcurrencyManager.get().endAll(run);
            }
        }
    }

    @Override
    public void recovered() {
        for (Queue.Item item : Queue.getInstance().getItems()) {
            GateEntry entry = QueueGate.get().known(item);
            if (entry != null) {
                QueueGate.get().proceed(entry);
            }
        }
    }
}
