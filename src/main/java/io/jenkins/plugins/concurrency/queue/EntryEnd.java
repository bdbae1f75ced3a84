package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.EndResult;
import io.jenkins.plugins.concurrency.manager.Interruption;
import java.util.Optional;

/** That, and why, a queue entry or its build is to end. Changed under the lock of its {@link GateEntry}; read by anybody. */
final class EntryEnd {
    private volatile EndResult result;
    private volatile Verdict verdict;
    private volatile Outcome refused;

    EntryEnd(EndResult result, @CheckForNull Verdict verdict) {
        this.result = result;
        this.verdict = verdict;
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
    Verdict verdict() {
        return verdict;
    }

    /** Ends a build that runs, if it is to end. */
    void carryOut(Run<?, ?> run) {
        Verdict now = verdict;
        if (now != null) {
            now.carryOut(run);
        }
    }

    /** Ends a build that has just started, if it is to end. */
    void carryOutAtStart(Run<?, ?> run, TaskListener listener) {
        Verdict now = verdict;
        if (now != null) {
            now.endAtStart(run, listener);
        }
    }

    boolean isDecided() {
        return verdict != null;
    }

    /** Why the entry is to leave the queue; null if it is not. */
    @CheckForNull
    Outcome refused() {
        return refused;
    }

    /** The build starts, so that this is on record, and fails. */
    void fail(String why) {
        verdict = new Verdict(Result.FAILURE, new NotAllowed(why));
    }

    /** The entry leaves the queue; should it have left for an executor already, its build ends. */
    void refuse(Outcome outcome, GroupKey group, Optional<Owner> by) {
        refused = outcome;
        verdict = new Verdict(result.result(), new Interruption(Interruption.Kind.of(outcome), group, by));
    }

    /** The build is to leave for a newer one. */
    void leave(Run<?, ?> run, Effect.CancelRunning effect) {
        Interruption.Kind kind = Interruption.Kind.CANCELLED_RUNNING;
        verdict = new Verdict(result.result(), Interruption.of(run, kind, effect.group(), effect.by()));
    }
}
