package io.jenkins.plugins.concurrency.pipeline;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Interruption.Kind;
import io.jenkins.plugins.concurrency.manager.LogNames;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a {@code concurrency} step ends that does not get its slots. */
record StepEnd(ConcurrencyStep step, StepContext context, StepLife life) {
    /** Whether the step has ended, while it starts; one that is superseded does so with its build. */
    boolean atOnce(Effect.Ended effect) throws Exception {
        if (effect.outcome() == Outcome.SUPERSEDED) {
            displaced(Kind.SUPERSEDED, effect);
            return false;
        }
        life.end();
        if (effect.outcome() != Outcome.SKIPPED) {
            throw Failures.of(effect, result(), LogNames.in(run()));
        }
        StepLog.tell(context, log -> log.skipped(effect.group()));
        context.onSuccess(null);
        return true;
    }

    /** The same after it has waited. */
    void of(Effect.Ended effect) throws IOException, InterruptedException {
        StepLog.tell(context, log -> Pause.end(context.get(FlowNode.class)));
        switch (effect.outcome()) {
            case WITHDRAWN -> fail(life.stopped());
            case SUPERSEDED -> displaced(Kind.SUPERSEDED, effect);
            case DISPLACED -> displaced(Kind.DISPLACED, effect);
            case SKIPPED -> {
                StepLog.tell(context, log -> log.skipped(effect.group()));
                if (life.end()) {
                    context.onSuccess(null);
                }
            }
            default -> fail(Failures.of(effect, result(), LogNames.in(run())));
        }
    }

    /** The whole build ends, other branches of it too; this step does when that reaches it. */
    private void displaced(Kind kind, Effect.Ended effect) throws IOException, InterruptedException {
        Owner by = effect.by().orElseThrow();
        StepLog.tell(context, log -> log.superseded(effect.group(), by));
        Runs.interrupt(run(), result(), Interruption.of(run(), kind, effect.group(), by));
    }

    /** What the build ends as that is cancelled for another. */
    Result result() {
        return Runs.result(EndResult.valueOf(step.getResult()));
    }

    void fail(Throwable cause) {
        if (life.end()) {
            context.onFailure(cause);
        }
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return context.get(Run.class);
    }
}
