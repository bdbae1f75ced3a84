package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Between the engine's owners and Jenkins' builds.
 */
@Restricted(NoExternalUse.class)
public final class Runs {
    private static final Logger LOGGER = Logger.getLogger(Runs.class.getName());

    private Runs() {}

    /** What a build ends as. */
    @NonNull
    public static Result result(@NonNull EndResult result) {
        return Result.fromString(result.name());
    }

    /** A build as the engine knows it: whoever asks the engine for more than a look holds its {@link ItemNames} meanwhile. */
    @NonNull
    public static Owner owner(@NonNull Run<?, ?> run) {
        return Owner.build(ItemNames.get().of(run.getParent()), run.getNumber());
    }

    /** The build, for the manager's own use: whoever may read it. Empty if there is none. */
    @NonNull
    public static Optional<Run<?, ?>> find(@NonNull Owner owner) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return VisibleItems.build(owner);
        }
    }

    /** Whether a build has not ended, or a queue item not left the queue. */
    static boolean isAlive(Owner owner) {
        return owner.queueItem()
                ? Queue.getInstance().getItem(owner.number()) != null
                : find(owner).filter(Run::isLogUpdated).isPresent();
    }

    /** The build at the top of the chain of builds that each started the next; the build itself if nobody started it. */
    @NonNull
    public static Run<?, ?> topmost(@NonNull Run<?, ?> run) {
        Set<Run<?, ?>> seen = new HashSet<>();
        Run<?, ?> top = run;
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            for (Run<?, ?> next = run; next != null && seen.add(next); next = upstream(next)) {
                top = next;
            }
        }
        return top;
    }

    private static Run<?, ?> upstream(Run<?, ?> run) {
        return upstream(run.getCauses()).orElse(null);
    }

    /** The build that started one with these causes; empty if none did, or it is gone. */
    @NonNull
    public static Optional<Run<?, ?>> upstream(@NonNull List<Cause> causes) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return causes.stream()
                    .filter(Cause.UpstreamCause.class::isInstance)
                    .<Run<?, ?>>map(cause -> ((Cause.UpstreamCause) cause).getUpstreamRun())
                    .filter(Objects::nonNull)
                    .findFirst();
        }
    }

    /** Has a build end as if a person had stopped it, but for this reason. Does nothing if it has ended. */
    public static void interrupt(@NonNull Run<?, ?> run, @NonNull Result result, @NonNull CauseOfInterruption cause) {
        FlowExecution program = program(run);
        if (program != null) {
            MissedInterruption.watch(program, program.getCurrentHeads(), result, cause);
        }
        Executor executor = run.getExecutor();
        // The executor of a Pipeline that was just resumed is not there yet, or not ready: it would lose this.
        boolean ready = executor != null && executor.getAsynchronousExecution() != null;
        if (program != null && !ready) {
            interrupt(program, result, cause);
        } else if (executor != null) {
            executor.interrupt(result, cause);
        }
    }

    /**
     * The same for a build that was to be interrupted before the controller went down, or before it got an executor. It may
     * have been told then, or not; if so, it may have heard of it, or not.
     */
    public static void interruptIfMissed(
            @NonNull Run<?, ?> run, @NonNull Result result, @NonNull CauseOfInterruption cause) {
        InterruptedBuildAction recorded = run.getAction(InterruptedBuildAction.class);
        if (recorded == null || !recorded.getCauses().contains(cause)) {
            interrupt(run, result, cause);
            return;
        }
        FlowExecution program = program(run);
        if (program != null) {
            MissedInterruption.watch(program, List.of(), result, cause);
        }
    }

    /** What a Pipeline runs; null for other builds, and as long as it is not loaded. */
    private static FlowExecution program(Run<?, ?> run) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        return owner == null ? null : owner.getOrNull();
    }

    /** Has a program end by itself. */
    static void interrupt(FlowExecution program, Result result, CauseOfInterruption cause) {
        try {
            program.interrupt(result, cause);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot interrupt " + program);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }
}
