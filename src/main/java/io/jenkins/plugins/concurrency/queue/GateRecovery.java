package io.jenkins.plugins.concurrency.queue;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Restorer;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** Puts back, after a restart, what queue items and resumed Pipelines have and wait for. */
@Extension
public final class GateRecovery implements Restorer {
    private static final Logger LOGGER = Logger.getLogger(GateRecovery.class.getName());

    @Override
    public void restore(boolean running) {
        if (running) {
            for (FlowExecution execution : FlowExecutionList.get()) {
                restore(execution);
            }
        }
        for (Queue.Item item : Queue.getInstance().getItems()) {
            QueuedBuild build = Gate.of(item);
            Job<?, ?> job = Gate.jobOf(item);
            if (build != null && job != null) {
                build.restore(job, running);
                Gate.get().proceed(build, item.getId());
            }
        }
    }

    private static void restore(FlowExecution execution) {
        try {
            if (execution.getOwner().getExecutable() instanceof Run<?, ?> run) {
                QueuedBuild build = run.getAction(QueuedBuild.class);
                if (build != null) {
                    resumed(run, build);
                }
            }
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot tell which slots " + execution + " holds; it counts as gone");
        }
    }

    /** Puts back what a build has, if it goes on. */
    static void resumed(Run<?, ?> run, QueuedBuild build) {
        if (run.isLogUpdated()) {
            build.restore(run.getParent(), true);
            if (!run.isLogUpdated()) {
                // It ended before its lease was put back, and so nobody would give it back.
                ConcurrencyManager.get().endAll(Runs.owner(run));
            }
        }
    }
}
