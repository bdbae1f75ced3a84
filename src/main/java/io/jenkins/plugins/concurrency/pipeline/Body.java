package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.Fences;
import java.io.IOException;
import java.util.HashMap;
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
     * @param step says in which variables the body finds its slots and its fence
     * @param first the group whose slots these are
     */
    static BodyExecution start(
            StepContext context,
            ConcurrencyStep step,
            GroupKey first,
            ConcurrencyStepExecution execution,
            Effect.Granted granted)
            throws IOException, InterruptedException {
        BodyInvoker invoker = context.newBodyInvoker()
                .withContext(EnclosingLeases.around(context).and(granted.request()))
                .withCallback(new Callback(execution, granted));
        Map<String, String> variables = granted.grants().isEmpty() ? Map.of() : variables(step, first, granted);
        if (!variables.isEmpty()) {
            invoker.withContext(EnvironmentExpander.merge(
                    context.get(EnvironmentExpander.class), EnvironmentExpander.constant(variables)));
        }
        return invoker.start();
    }

    private static Map<String, String> variables(ConcurrencyStep step, GroupKey first, Effect.Granted granted) {
        Map<String, String> variables = new HashMap<>();
        if (step.getVariable() != null) {
            variables.put(step.getVariable(), slots(first, granted));
        }
        if (step.getFence() != null) {
            variables.put(step.getFence(), String.valueOf(Fences.get().of(granted.request(), first)));
        }
        return variables;
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
