package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is in {@code stage('…') { … }}, in {@code pipeline { … }}, or in {@code matrix { … }}. */
class StageSection extends Section {
    private static final Set<String> WORDS = Set.of(
            "agent",
            "environment",
            "when",
            "post",
            "steps",
            "options",
            "parameters",
            "input",
            "stages",
            "parallel",
            "matrix",
            "failFast",
            "tools",
            "triggers",
            "libraries");

    private final Stage stage;

    StageSection(String name, Stage stage, Build build) {
        super(name, build);
        this.stage = stage;
    }

    final Stage stage() {
        return stage;
    }

    @Override
    Set<String> words() {
        return WORDS;
    }

    @Override
    void say(String word, List<Object> arguments) {
        Closure<?> block = block(arguments);
        switch (word) {
            case "agent" -> stage.agent = agent(arguments, block);
            case "environment" -> stage.environment = needed(word, arguments);
            case "when" -> stage.when = needed(word, arguments);
            case "post" -> stage.post = needed(word, arguments);
            case "steps" -> stage.steps = needed(word, arguments);
            case "options" -> stage.options = Lines.of(needed(word, arguments), build());
            case "parameters" -> stage.parameters = Lines.of(needed(word, arguments), build());
            case "input" -> stage.input = input(arguments, block);
            case "failFast" -> stage.failFast = arguments.contains(true);
            case "stages" ->
                stage.stages.addAll(read(needed(word, arguments), new StagesSection(word, stage.cell, build()))
                        .all());
            case "parallel" ->
                read(needed(word, arguments), new StagesSection(word, stage.cell, build()))
                        .all()
                        .forEach(branch -> stage.parallel.put(branch.name, branch));
            case "matrix" ->
                read(needed(word, arguments), new MatrixSection(build()))
                        .cells(needed(word, arguments))
                        .forEach(cell -> stage.parallel.put(cell.name, cell));
            default -> {
                // Tools, triggers and libraries neither take time nor keep anybody waiting.
            }
        }
    }

    private Agent agent(List<Object> arguments, Closure<?> block) {
        if (block != null) {
            return Agent.of(Lines.of(block, build()));
        }
        return arguments.contains("none") ? Agent.NONE : Agent.ANY;
    }

    private Lines input(List<Object> arguments, Closure<?> block) {
        Lines lines = new Lines(build());
        if (block != null) {
            build().program().evaluate(block, lines);
        } else {
            lines.invokeMethod("message", arguments.toArray());
        }
        return lines;
    }

    static Stage read(Closure<?> block, String section, String name, Map<String, String> cell, Build build) {
        Stage stage = new Stage(name, cell);
        build.program().evaluate(block, new StageSection(section, stage, build));
        return stage;
    }
}
