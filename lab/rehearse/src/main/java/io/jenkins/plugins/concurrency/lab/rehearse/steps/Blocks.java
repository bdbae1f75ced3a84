package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Timeout;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Steps around a block. Stateless. */
public final class Blocks {
    private Blocks() {}

    static void addTo(Steps.Registry registry) {
        registry.add("node", "label", call -> node(call.build(), call.text("label", ""), call.block()));
        registry.add("stage", "name", Blocks::stage);
        registry.add("withEnv", "overrides", call -> withEnv(variables(call), call.block()));
        registry.add(
                "timeout",
                "time",
                call -> new Timeout(call.build().world().time(), call.millis(TimeUnit.MINUTES), call.block()));
        registry.add("retry", "count", call -> Retrying.task(call.number("count", 1), call.block()));
        registry.add(
                "waitUntil",
                "initialRecurrencePeriod",
                call -> WaitUntil.task(call.build().world().time(), call.block()));
        registry.add(
                "catchError",
                "message",
                call -> Catching.task(
                        call, Steps.result(call, "buildResult", "FAILURE"), call.flag("catchInterruptions", true)));
        registry.add(
                "warnError", "message", call -> Catching.task(call, "UNSTABLE", call.flag("catchInterruptions", true)));
        registry.add("script", "value", Call::block);
        registry.add("withCredentials", "bindings", call -> withEnv(credentials(call), call.block()));
        for (String around : List.of("dir", "ws", "timestamps", "ansiColor", "wrap", "withContext", "container")) {
            registry.add(around, "value", Call::block);
        }
    }

    /** Waits for an executor, and has it while the body runs. */
    public static Task node(Build build, String label, Task body) {
        return Tasks.in(
                context -> context.withEnv(Map.of(
                        "WORKSPACE_TMP",
                        "/workspace@tmp",
                        "EXECUTOR_NUMBER",
                        "0",
                        "NODE_LABELS",
                        label,
                        "NODE_NAME",
                        label.isEmpty() ? "agent" : label,
                        "WORKSPACE",
                        "/workspace")),
                build.world().executors().on(build.name(), label, body));
    }

    private static Object stage(Call call) throws AbortException {
        String name = call.text("name", "");
        if (call.body() == null) {
            call.build().note(Event.Kind.STAGE, "", name);
            return null;
        }
        return stage(call.build(), name, call.body());
    }

    /** A body that has a name. */
    public static Task stage(Build build, String name, Task body) {
        return (context, then) -> {
            build.note(context, Event.Kind.STAGE, "", name);
            return body.start(context.inStage(name), then);
        };
    }

    /** A body with more variables. */
    public static Task withEnv(Map<String, String> variables, Task body) {
        return Tasks.in(context -> context.withEnv(variables), body);
    }

    private static Map<String, String> variables(Call call) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (call.arguments().get("overrides") instanceof List<?> list) {
            for (Object override : list) {
                String[] parts = String.valueOf(override).split("=", 2);
                variables.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        return variables;
    }

    /** Nothing is secret here: the variables are there, their values are not. */
    private static Map<String, String> credentials(Call call) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (call.arguments().get("bindings") instanceof List<?> list) {
            for (Object binding : list) {
                if (binding instanceof Map<?, ?> fields) {
                    fields.forEach((name, value) -> {
                        if (String.valueOf(name)
                                .toLowerCase(java.util.Locale.ROOT)
                                .endsWith("variable")) {
                            variables.put(String.valueOf(value), "****");
                        }
                    });
                }
            }
        }
        return variables;
    }

    /** A context in which a block holds a variable. */
    static Context with(Context context, String variable, String value) {
        return variable == null ? context : context.withEnv(Map.of(variable, value));
    }
}
