package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Ends a Pipeline that started only to end, or was to leave, should it not have noticed. */
@Extension
@Restricted(NoExternalUse.class)
public final class PipelineListener extends FlowExecutionListener {
    private static final Logger LOGGER = Logger.getLogger(PipelineListener.class.getName());

    @Override
    public void onRunning(@NonNull FlowExecution execution) {
        with(execution, (run, entry) -> end(run, entry.end().interruption()));
    }

    /** Later, as the build is being loaded now; it may be one that nobody knew of when the others were put back. */
    @Override
    public void onResumed(@NonNull FlowExecution execution) {
        QueueGate.get().later(() -> {
            build(execution).ifPresent(GateRecovery::resumed);
            with(execution, (run, entry) -> end(run, entry.end().interruption()));
        });
    }

    private static void end(Run<?, ?> run, PendingInterruption interruption) {
        if (interruption != null) {
            Runs.interruptIfMissed(run, interruption.result(), interruption.cause());
        }
    }

    /** Does something with the build of a Pipeline and its entry, if it needed slots before it started. */
    static void with(FlowExecution execution, BiConsumer<Run<?, ?>, GateEntry> action) {
        build(execution).ifPresent(run -> {
            GateEntry entry = EntryLookup.find(run);
            if (entry != null) {
                action.accept(run, entry);
            }
        });
    }

    /** The build of a Pipeline. */
    static Optional<Run<?, ?>> build(FlowExecution execution) {
        try {
            return execution.getOwner().getExecutable() instanceof Run<?, ?> run ? Optional.of(run) : Optional.empty();
        } catch (IOException x) {
            LOGGER.log(
                    Level.WARNING,
                    x,
                    () -> "Cannot determine which slots " + execution + " holds; it is treated as gone");
            return Optional.empty();
        }
    }
}
