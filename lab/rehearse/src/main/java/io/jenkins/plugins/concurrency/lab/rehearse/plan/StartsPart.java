package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import io.jenkins.plugins.concurrency.lab.simulator.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When builds of a job start. */
final class StartsPart {
    private StartsPart() {}

    static List<Plan.Start> read(String job, Node node) {
        node.only("at", "every", "count", "burst", "branch", "branches", "parameters");
        Map<String, Object> parameters = new LinkedHashMap<>();
        node.get("parameters")
                .ifPresent(all -> all.fields().forEach((name, value) -> parameters.put(name, value(value.text()))));
        int burst = node.get("burst").map(count -> count.integer(1)).orElse(1);
        List<Plan.Start> starts = new ArrayList<>();
        for (long at : times(node)) {
            for (String branch : branches(node)) {
                for (int i = 0; i < burst; i++) {
                    starts.add(new Plan.Start(at, job, branch, parameters));
                }
            }
        }
        return starts;
    }

    private static List<Long> times(Node node) {
        List<Long> times = new ArrayList<>();
        if (!node.has("every")) {
            node.get("at").map(Node::list).orElse(List.of()).forEach(at -> times.add(at.duration()));
            return times.isEmpty() ? List.of(0L) : times;
        }
        long first = node.get("at").map(Node::duration).orElse(0L);
        long every = node.required("every").duration();
        int count = node.required("count").integer(1);
        for (int i = 0; i < count; i++) {
            times.add(first + i * every);
        }
        return times;
    }

    private static List<String> branches(Node node) {
        List<String> branches = new ArrayList<>();
        node.get("branch").ifPresent(branch -> branches.add(branch.text()));
        node.get("branches").map(Node::list).orElse(List.of()).forEach(branch -> branches.add(branch.text()));
        return branches.isEmpty() ? List.of("") : branches;
    }

    private static Object value(String text) {
        return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
    }
}
