package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When the conditions of a stage are evaluated. */
final class Moments extends GroovyObjectSupport implements Open {
    /** From the outside in; by default, they are evaluated on the agent. */
    private static final List<String> ALL = List.of("beforeOptions", "beforeInput", "beforeAgent");

    private final Set<String> said = new HashSet<>();

    /** One of them, or nothing for the usual one. */
    static String of(Stage stage, Build build) {
        Moments moments = new Moments();
        build.program().evaluate(stage.when, moments);
        return ALL.stream().filter(moments.said::contains).findFirst().orElse("");
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Object[] given = args instanceof Object[] array ? array : new Object[] {args};
        if (ALL.contains(name) && given.length == 1 && Boolean.TRUE.equals(given[0])) {
            said.add(name);
        }
        return null;
    }
}
