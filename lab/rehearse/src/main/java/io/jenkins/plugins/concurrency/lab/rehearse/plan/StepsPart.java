package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import io.jenkins.plugins.concurrency.lab.simulator.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long steps take: a time for each step, or one for each pattern of what it does. */
final class StepsPart {
    private StepsPart() {}

    static List<StepPlan> read(Node node) {
        List<StepPlan> plans = new ArrayList<>();
        node.fields().forEach((step, of) -> {
            String name = step.equals("default") ? "*" : step;
            if (isOne(of)) {
                plans.add(one(name, null, of));
            } else {
                of.fields()
                        .forEach((pattern, one) ->
                                plans.add(one(name, pattern.equals("default") ? null : pattern, one)));
            }
        });
        return plans;
    }

    private static boolean isOne(Node node) {
        return isText(node) || node.has("takes") || node.has("median") || node.has("returns") || node.has("fails");
    }

    private static boolean isText(Node node) {
        return node.isValue();
    }

    private static StepPlan one(String step, String pattern, Node node) {
        if (isText(node)) {
            return new StepPlan(step, pattern, node.duration(), 0, null, 0);
        }
        node.only("takes", "median", "sigma", "returns", "fails");
        Node time = node.get("takes").or(() -> node.get("median")).orElse(null);
        return new StepPlan(
                step,
                pattern,
                time == null ? 0 : time.duration(),
                node.get("sigma").map(Node::positive).orElse(0.0),
                node.get("returns").map(StepsPart::value).orElse(null),
                node.get("fails").map(StepsPart::fails).orElse(0));
    }

    /** Every so many runs. */
    private static int fails(Node node) {
        return node.text().equals("always") ? 1 : node.integer(1);
    }

    private static Object value(Node node) {
        Map<String, Object> constants = Map.of("true", true, "false", false);
        String text = node.text();
        return constants.containsKey(text)
                ? constants.get(text)
                : text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }
}
