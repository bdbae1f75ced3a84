package io.jenkins.plugins.concurrency.queue;

import hudson.model.AbstractBuild;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;

/** How a build ends that starts only to end, so that this is on record, or that is to leave. Kept with the build. */
final class PendingInterruption implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PendingInterruption.class.getName());

    private final Result result;
    private final CauseOfInterruption cause;

    PendingInterruption(Result result, CauseOfInterruption cause) {
        this.result = result;
        this.cause = cause;
    }

    Result result() {
        return result;
    }

    CauseOfInterruption cause() {
        return cause;
    }

    /** Ends a build that has just started. */
    void interruptAtStart(Run<?, ?> run, TaskListener listener) {
        Executor executor = run.getExecutor();
        if (run instanceof AbstractBuild) {
            // What it would do is kept from it by a listener.
            run.addAction(new InterruptedBuildAction(Set.of(cause)));
            cause.print(listener);
            run.setResult(result);
        } else if (executor != null) {
            executor.interrupt(result, cause);
        }
    }

    /** Ends a build that runs; should the controller go down first, it is told again when it is resumed. */
    void interrupt(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot save that " + run + " is to be interrupted");
        }
        Runs.interrupt(run, result, cause);
    }
}
