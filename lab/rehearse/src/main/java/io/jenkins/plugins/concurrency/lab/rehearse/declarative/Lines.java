package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A block of which any call is a line: options, parameters, agents. Lines have what they were called with. */
final class Lines extends GroovyObjectSupport implements Open {
    /**
     * One call.
     *
     * @param arguments those by name; the one without a name as {@code value}
     * @param body the lines of its block; null if it has none
     */
    record Line(String name, Map<String, Object> arguments, Lines body) {
        /** The first argument as text; empty if there is none. */
        String text() {
            return arguments.isEmpty()
                    ? ""
                    : String.valueOf(arguments.values().iterator().next());
        }
    }

    private final Build build;
    private final List<Line> lines = new ArrayList<>();

    Lines(Build build) {
        this.build = build;
    }

    static Lines of(Closure<?> block, Build build) {
        Lines lines = new Lines(build);
        if (block != null) {
            build.program().evaluate(block, lines);
        }
        return lines;
    }

    List<Line> all() {
        return lines;
    }

    Optional<Line> find(String name) {
        return lines.stream().filter(line -> line.name.equals(name)).findFirst();
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        Lines body = null;
        for (Object argument : args instanceof Object[] array ? array : new Object[] {args}) {
            if (argument instanceof Closure<?> block) {
                body = of(block, build);
            } else if (argument instanceof Map<?, ?> named && !named.containsKey("$symbol")) {
                named.forEach((key, value) -> arguments.put(String.valueOf(key), plain(value)));
            } else {
                arguments.merge("value", plain(argument), Lines::both);
            }
        }
        lines.add(new Line(name, arguments, body));
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("$symbol", name);
        description.putAll(arguments);
        return description;
    }

    private static Object plain(Object value) {
        return value instanceof CharSequence ? value.toString() : value;
    }

    /** Several arguments without a name, as those of {@code values}. */
    private static Object both(Object before, Object next) {
        List<Object> all = new ArrayList<>(before instanceof List<?> list ? list : List.of(before));
        all.add(next);
        return all;
    }
}
