package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stage, or the whole pipeline, as it is written. What it says is evaluated when it runs. */
final class Stage {
    final String name;
    final Map<String, String> cell;
    Agent agent;
    Closure<?> environment;
    Closure<?> when;
    Closure<?> post;
    Closure<?> steps;
    Lines options;
    Lines parameters;
    Lines input;
    final List<Stage> stages = new ArrayList<>();
    final Map<String, Stage> parallel = new LinkedHashMap<>();
    boolean failFast;

    /** @param cell the values of the axes of a matrix */
    Stage(String name, Map<String, String> cell) {
        this.name = name;
        this.cell = cell;
    }

    /** Whether it has an option. */
    boolean has(String option) {
        return options != null && options.find(option).isPresent();
    }
}
