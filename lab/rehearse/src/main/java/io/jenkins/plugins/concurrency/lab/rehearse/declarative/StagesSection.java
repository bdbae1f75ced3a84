package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is in {@code stages { … }} or {@code parallel { … }}. */
final class StagesSection extends Section {
    private final Map<String, String> cell;
    private final List<Stage> stages = new ArrayList<>();

    StagesSection(String name, Map<String, String> cell, Build build) {
        super(name, build);
        this.cell = cell;
    }

    List<Stage> all() {
        return stages;
    }

    @Override
    Set<String> words() {
        return Set.of("stage");
    }

    @Override
    void say(String word, List<Object> arguments) {
        String name = String.valueOf(arguments.get(0));
        stages.add(StageSection.read(needed(word, arguments), "stage('" + name + "')", name, cell, build()));
    }
}
