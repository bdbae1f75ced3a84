package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import io.jenkins.plugins.concurrency.lab.rehearse.flow.Executors;
import io.jenkins.plugins.concurrency.lab.rehearse.settings.Settings;
import io.jenkins.plugins.concurrency.lab.rehearse.settings.SettingsFile;
import io.jenkins.plugins.concurrency.lab.simulator.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a plan from a YAML file. */
public final class PlanFile {
    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final Node root;
    private final List<Plan.PlannedJob> jobs = new ArrayList<>();
    private final List<Plan.Start> starts = new ArrayList<>();

    private PlanFile(Path file) {
        root = Node.read(file)
                .only(
                        "title",
                        "about",
                        "jobs",
                        "steps",
                        "executors",
                        "resources",
                        "libraries",
                        "folders",
                        "settings",
                        "unclassified",
                        "until",
                        "seed",
                        "expect");
    }

    /**
     * @param seconds for how long it may compute
     * @throws io.jenkins.plugins.concurrency.lab.simulator.ScenarioException if it makes no sense; the message has the line
     */
    public static Plan read(Path file, long seconds) {
        return new PlanFile(file).plan(file, seconds);
    }

    private Plan plan(Path file, long seconds) {
        root.required("jobs").fields().forEach(this::job);
        return new Plan(
                root.get("title").map(Node::text).orElse(String.valueOf(file.getFileName())),
                root.get("about").map(Node::text).orElse(""),
                jobs,
                starts,
                root.get("steps").map(StepsPart::read).orElse(List.of()),
                settings(),
                counts("executors", Map.of(Executors.ANY, 2)),
                counts("resources", Map.of()),
                paths("libraries"),
                folders(),
                root.get("until").map(Node::duration).orElse(DAY),
                root.get("seed").map(seed -> (long) seed.integer(0)).orElse(1L),
                seconds,
                Plan.MOST_STEPS,
                root.get("expect").map(Node::list).orElse(List.of()).stream()
                        .map(Node::text)
                        .toList());
    }

    private void job(String name, Node node) {
        node.only("jenkinsfile", "builds");
        Path path = node.required("jenkinsfile").path();
        jobs.add(new Plan.PlannedJob(name, path));
        node.required("builds").list().forEach(start -> starts.addAll(StartsPart.read(name, start)));
    }

    private Settings settings() {
        if (root.has("unclassified")) {
            return SettingsFile.read(root.required("unclassified"));
        }
        return root.get("settings").map(node -> SettingsFile.of(node.path())).orElse(Settings.NONE);
    }

    private Map<String, Integer> counts(String field, Map<String, Integer> otherwise) {
        Node node = root.get(field).orElse(null);
        if (node == null) {
            return otherwise;
        }
        Map<String, Integer> counts = new LinkedHashMap<>(otherwise);
        node.fields().forEach((name, count) -> counts.put(name, count.integer(0)));
        return counts;
    }

    private List<Path> paths(String field) {
        return root.get(field).map(Node::list).orElse(List.of()).stream()
                .map(Node::path)
                .toList();
    }

    /** Programs may load what is beside them. */
    private List<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>(paths("folders"));
        jobs.forEach(job -> folders.add(job.file().toAbsolutePath().getParent()));
        return List.copyOf(folders);
    }
}
