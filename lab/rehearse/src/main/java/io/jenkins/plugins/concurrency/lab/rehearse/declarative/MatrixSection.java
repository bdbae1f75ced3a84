package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is in {@code matrix { … }}: first its axes, then a stage for each cell. */
final class MatrixSection extends Section {
    private static final Set<String> OF_EACH_CELL =
            Set.of("agent", "environment", "when", "post", "options", "input", "stages", "tools", "failFast");

    private final Map<String, List<String>> axes = new LinkedHashMap<>();
    private final List<Lines> excludes = new ArrayList<>();

    MatrixSection(Build build) {
        super("matrix", build);
    }

    @Override
    Set<String> words() {
        Set<String> words = new java.util.HashSet<>(OF_EACH_CELL);
        words.addAll(Set.of("axes", "excludes"));
        return words;
    }

    @Override
    void say(String word, List<Object> arguments) {
        if (word.equals("axes")) {
            for (Lines.Line axis : Lines.of(needed(word, arguments), build()).all()) {
                axes.put(text(axis.body(), "name"), values(axis.body(), "values"));
            }
        } else if (word.equals("excludes")) {
            Lines.of(needed(word, arguments), build()).all().forEach(exclude -> excludes.add(exclude.body()));
        }
    }

    private static String text(Lines lines, String name) {
        return lines.find(name).map(Lines.Line::text).orElse("");
    }

    private static List<String> values(Lines lines, String name) {
        Object value =
                lines.find(name).map(line -> line.arguments().get("value")).orElse(List.of());
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** A stage for each combination that is not excluded. */
    List<Stage> cells(Closure<?> block) {
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
        axes.forEach((axis, values) -> {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> cell : all) {
                for (String value : values) {
                    Map<String, String> longer = new LinkedHashMap<>(cell);
                    longer.put(axis, value);
                    more.add(longer);
                }
            }
            all.clear();
            all.addAll(more);
        });
        return all.stream()
                .filter(cell -> excludes.stream().noneMatch(exclude -> matches(exclude, cell)))
                .map(cell -> cell(block, cell))
                .toList();
    }

    private static boolean matches(Lines exclude, Map<String, String> cell) {
        return exclude.all().stream().allMatch(axis -> {
            String value = cell.get(text(axis.body(), "name"));
            return axis.body().find("notValues").isPresent()
                    ? !values(axis.body(), "notValues").contains(value)
                    : values(axis.body(), "values").contains(value);
        });
    }

    private Stage cell(Closure<?> block, Map<String, String> cell) {
        String name = cell.entrySet().stream()
                .map(axis -> axis.getKey() + " = '" + axis.getValue() + "'")
                .collect(Collectors.joining(", ", "Matrix - ", ""));
        Stage stage = new Stage(name, cell);
        build().program().evaluate(block, new StageSection("matrix", stage, build()) {
            @Override
            Set<String> words() {
                return MatrixSection.this.words();
            }
        });
        return stage;
    }
}
