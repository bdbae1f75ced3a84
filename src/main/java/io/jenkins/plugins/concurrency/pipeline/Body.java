package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The body of a {@code concurrency} step: what it sees, and what happens when it ends. */
final class Body {
    private Body() {}

    /**
     * @param variable for the numbers of the slots; null for none
     * @param first the group whose slots these are
     */
    static BodyExecution start(
            StepContext context,
            @CheckForNull String variable,
            GroupKey first,
            ConcurrencyStepExecution execution,
            Effect.Granted granted)
            throws IOException, InterruptedException {
        BodyInvoker invoker = context.newBodyInvoker()
                .withContext(EnclosingLeases.around(context).and(granted.request()))
                .withCallback(new Callback(execution, granted));
        if (variable != null && !granted.grants().isEmpty()) {
            invoker.withContext(EnvironmentExpander.merge(
                    context.get(EnvironmentExpander.class),
                    EnvironmentExpander.constant(Map.of(variable, slots(first, granted)))));
        }
        return invoker.start();
    }

    /** Ends the step with what its body ended with. */
    static void end(StepContext context, BodyExecution body) {
        try {
            context.onSuccess(body.get());
        } catch (ExecutionException x) {
            context.onFailure(x.getCause());
        } catch (InterruptedException x) {
            context.onFailure(x);
        }
    }

    /** The numbers in the group that the step names first; other grants are of its extra groups or their parents. */
    private static String slots(GroupKey first, Effect.Granted granted) {
        return granted.grants().stream()
                .filter(grant -> grant.group().equals(first))
                .findFirst()
                .or(() -> granted.grants().stream().findFirst())
                .map(Grant::slots)
                .orElseThrow()
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /** Tells the step when its body starts and ends. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "Needed only until the body starts, which is before the program is saved")
    private static final class Callback extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;

        private final ConcurrencyStepExecution execution;
        private transient Effect.Granted granted;

        Callback(ConcurrencyStepExecution execution, Effect.Granted granted) {
            this.execution = execution;
            this.granted = granted;
        }

        @Override
        public void onStart(StepContext context) {
            execution.bodyStarts(granted);
            granted = null;
        }

        @Override
        protected void finished(StepContext context) {
            execution.bodyEnds(context);
        }
    }
}
