package io.jenkins.plugins.concurrency.pipeline;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Interruption.Kind;
import io.jenkins.plugins.concurrency.manager.LogNames;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What a step ends with that cannot have its slots. */
final class Failures {
    private Failures() {}

    /**
     * @param result what a build that was cancelled ends as
     */
    static Exception of(Effect.Ended effect, Result result, LogNames names) {
        return switch (effect.outcome()) {
            case CANCELLED, QUEUE_FULL_CANCELLED -> interruption(effect, true, result);
            // As with 'timeout': it is the step that gave up, not somebody who wants the build to end, so 'retry' tries
            // again.
            case EXPIRED -> interruption(effect, false, Result.ABORTED);
            case DEADLOCK -> new AbortException(Messages.Failures_deadlock(OutcomeText.error(effect, names)));
            default -> new AbortException(OutcomeText.error(effect, names));
        };
    }

    private static FlowInterruptedException interruption(Effect.Ended effect, boolean ofBuild, Result result) {
        return new FlowInterruptedException(
                result, ofBuild, new Interruption(Kind.of(effect.outcome()), effect.group(), effect.by()));
    }
}
