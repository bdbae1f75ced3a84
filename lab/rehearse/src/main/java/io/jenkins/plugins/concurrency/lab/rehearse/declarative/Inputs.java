package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Blocks;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has somebody answer before a stage. */
final class Inputs {
    private Inputs() {}

    static Task around(Lines input, Task body, Build build) {
        if (input == null) {
            return body;
        }
        List<Object> parameters = new ArrayList<>();
        input.find("parameters")
                .filter(line -> line.body() != null)
                .ifPresent(line -> line.body().all().forEach(one -> {
                    Map<String, Object> fields = new LinkedHashMap<>(one.arguments());
                    fields.put("$symbol", one.name());
                    parameters.add(fields);
                }));
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("message", input.find("message").map(Lines.Line::text).orElse(""));
        arguments.put("parameters", parameters);
        return (context, then) -> {
            Task question;
            try {
                question = (Task) Steps.around("input", arguments, null, build);
            } catch (AbortException x) {
                question = Tasks.done(build.world().time(), new Outcome(null, x));
            }
            return Tasks.then(
                            question,
                            answer -> answer.isFailure()
                                    ? Tasks.done(build.world().time(), answer)
                                    : Blocks.withEnv(variables(parameters, answer.getNormal()), body))
                    .start(context, then);
        };
    }

    private static Map<String, String> variables(List<Object> parameters, Object answer) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (answer instanceof Map<?, ?> several) {
            several.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        } else if (parameters.size() == 1 && parameters.get(0) instanceof Map<?, ?> one) {
            variables.put(String.valueOf(one.get("name")), String.valueOf(answer));
        }
        return variables;
    }
}
