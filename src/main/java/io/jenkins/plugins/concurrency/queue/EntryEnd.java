package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;

/** That, and why, a queue entry or its build is to end. Changed under the lock of its {@link GateEntry}; read by anybody. */
final class EntryEnd {
    private volatile EndResult result;
    private volatile PendingInterruption interruption;
    private volatile Outcome refused;

    EntryEnd(EndResult result, @CheckForNull PendingInterruption interruption) {
        this.result = result;
        this.interruption = interruption;
    }

    /** What the build ends as if it is to end for the sake of another. */
    EndResult result() {
        return result;
    }

    void setResult(EndResult of) {
        result = of;
    }

    /** How the build is to end; null if it is not. */
    @CheckForNull
    PendingInterruption interruption() {
        return interruption;
    }

    /** Ends a build that runs, if it is to end. */
    void carryOut(Run<?, ?> run) {
        PendingInterruption now = interruption;
        if (now != null) {
            now.interrupt(run);
        }
    }

    /** Ends a build that has just started, if it is to end. */
    void carryOutAtStart(Run<?, ?> run, TaskListener listener) {
        PendingInterruption now = interruption;
        if (now != null) {
            now.interruptAtStart(run, listener);
        }
    }

    boolean isDecided() {
        return interruption != null;
    }

    /** Why the entry is to leave the queue; null if it is not. */
    @CheckForNull
    Outcome refused() {
        return refused;
    }

    /** The build starts, so that this is on record, and fails. */
    void fail(String why) {
        interruption = new PendingInterruption(Result.FAILURE, new RequestFailedCause(why));
    }

    /** The entry leaves the queue; should it have left for an executor already, its build ends. */
    void refuse(Outcome outcome, GroupKey group, Optional<Owner> by) {
        refused = outcome;
        interruption = new PendingInterruption(
                Runs.result(result), new Interruption(Interruption.Kind.of(outcome), group, by));
    }

    /** A person has it end: the entry leaves the queue; should it have left for an executor already, its build ends. */
    void cancel(CauseOfInterruption by) {
        refused = Outcome.WITHDRAWN;
        interruption = new PendingInterruption(Result.ABORTED, by);
    }

    /** The build is to leave for a newer one. */
    void leave(Run<?, ?> run, Effect.CancelRunning effect) {
        Interruption.Kind kind = Interruption.Kind.CANCELLED_RUNNING;
        interruption =
                new PendingInterruption(Runs.result(result), Interruption.of(run, kind, effect.group(), effect.by()));
    }
}
