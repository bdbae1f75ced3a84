package io.jenkins.plugins.concurrency.pipeline;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Interruption.Kind;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What a step ends with that cannot have its slots. */
final class Failures {
    private Failures() {}

    /**
     * @param result what a build that was cancelled ends as
     */
    static Exception of(Effect.Ended effect, Result result, StepLog log) {
        String group = StepLog.name(effect.group());
        return switch (effect.outcome()) {
            case CANCELLED -> interruption(Kind.CANCELLED, true, effect, result);
            case QUEUE_FULL_CANCELLED -> interruption(Kind.QUEUE_FULL, true, effect, result);
            // As with 'timeout': it is the step that gave up, not somebody who wants the build to end, so 'retry' tries
            // again.
            case EXPIRED -> interruption(Kind.EXPIRED, false, effect, Result.ABORTED);
            case QUEUE_FULL_FAILED -> new AbortException("The queue of " + group + " is full.");
            case DEADLOCK ->
                new AbortException("These builds would wait for each other for ever: "
                        + log.circle(effect.circle())
                        + ". Take the groups in the same order everywhere, or all at once"
                        + " with 'extra'.");
            default -> new AbortException("No slot of " + group + " is free.");
        };
    }

    private static FlowInterruptedException interruption(
            Kind kind, boolean ofBuild, Effect.Ended effect, Result result) {
        return new FlowInterruptedException(result, ofBuild, new Interruption(kind, effect.group(), effect.by()));
    }
}
