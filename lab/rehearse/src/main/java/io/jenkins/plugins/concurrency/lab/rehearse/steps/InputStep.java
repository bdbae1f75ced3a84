package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The step {@code input}: somebody answers after the time that the plan says, with the default values. */
public final class InputStep {
    private InputStep() {}

    static Task start(Call call) {
        Task answer = call.build()
                .world()
                .stepTimes()
                .task(call.build().world().time(), "input", call.text("message", ""), value(call));
        return Tasks.mapped(
                answer,
                outcome -> Boolean.FALSE.equals(outcome.getNormal()) && !isAsked(call)
                        ? new Outcome(null, rejected())
                        : outcome);
    }

    private static Throwable rejected() {
        return new org.jenkinsci.plugins.workflow.steps.FlowInterruptedException("ABORTED", "Rejected");
    }

    private static boolean isAsked(Call call) {
        return call.arguments().get("parameters") instanceof List<?> list && !list.isEmpty();
    }

    private static Object value(Call call) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (call.arguments().get("parameters") instanceof List<?> list) {
            list.forEach(parameter -> {
                if (parameter instanceof Map<?, ?> fields) {
                    values.put(String.valueOf(fields.get("name")), Parameters.usual(fields));
                }
            });
        }
        return values.isEmpty()
                ? null
                : values.size() == 1 ? values.values().iterator().next() : values;
    }
}
