package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.arguments.AskedBlock;
import io.jenkins.plugins.concurrency.arguments.AskedGroup;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The step {@code lock} of Lockable Resources, as a group of the whole controller for each resource and each label. */
final class LockStep {
    private LockStep() {}

    static Task start(Call call) throws AbortException {
        List<AskedGroup> groups = new ArrayList<>();
        add(call, call.arguments(), groups);
        if (call.arguments().get("extra") instanceof List<?> extra) {
            for (Object further : extra) {
                if (further instanceof Map<?, ?> fields) {
                    add(call, fields, groups);
                }
            }
        }
        if (groups.isEmpty()) {
            throw new AbortException("The step 'lock' names neither a resource nor a label. Give it one.");
        }
        if (call.flag("inversePrecedence", false)) {
            call.build()
                    .world()
                    .journal()
                    .notRehearsed(
                            "lock(inversePrecedence: true)", call.build().job().name());
        }
        return HeldBlock.task(call.build(), asked(call, groups), call.block());
    }

    private static AskedBlock asked(Call call, List<AskedGroup> groups) throws AbortException {
        return new AskedBlock(
                groups.get(0),
                groups.subList(1, groups.size()),
                (call.flag("skipIfLocked", false) ? Behavior.SKIP : Behavior.QUEUE).name(),
                (int) call.number("priority", 0),
                null,
                0,
                TimeUnit.MINUTES,
                EndResult.DEFAULT.name(),
                call.text("variable", null),
                null);
    }

    private static void add(Call call, Map<?, ?> fields, List<AskedGroup> groups) {
        Object resource = fields.get("resource");
        Object label = fields.get("label");
        if (resource != null) {
            groups.add(group("lock: " + resource, 1, 1));
        } else if (label != null) {
            int count = call.build().world().plan().resources().getOrDefault(label.toString(), 1);
            Object quantity = fields.get("quantity");
            int wanted = quantity == null ? 0 : Integer.parseInt(quantity.toString());
            groups.add(group("lock: label " + label, count, wanted > 0 ? wanted : count));
        }
    }

    private static AskedGroup group(String name, int limit, int slots) {
        return new AskedGroup(name, Scope.CONTROLLER.name(), slots, false, limit);
    }
}
