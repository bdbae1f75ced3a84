package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import groovy.lang.Closure;
import groovy.lang.GString;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A step as a program calls it.
 *
 * @param arguments by name; the only one, if it has no name, by the name it has for this step
 * @param body null if it has none
 */
public record Call(String name, Map<String, Object> arguments, Task body, Build build) {

    /** @param sole the name of an argument that is given without one */
    static Call of(String name, Object[] given, String sole, Build build) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        Task body = null;
        for (Object argument : given) {
            if (argument instanceof Closure<?> closure && argument == given[given.length - 1]) {
                body = build.program().body(closure);
            } else if (argument instanceof Map<?, ?> named && !named.containsKey("$class")) {
                named.forEach((key, value) -> arguments.put(String.valueOf(key), plain(value)));
            } else {
                arguments.putIfAbsent(sole, plain(argument));
            }
        }
        return new Call(name, arguments, body, build);
    }

    /** Text is no longer put together from parts. */
    private static Object plain(Object value) {
        if (value instanceof GString) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>(list.size());
            list.forEach(element -> all.add(plain(element)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, element) -> all.put(plain(key), plain(element)));
            return all;
        }
        return value;
    }

    /** One as text. */
    public String text(String argument, String otherwise) {
        Object value = arguments.get(argument);
        return value == null ? otherwise : value.toString();
    }

    /** One that is on or off. */
    public boolean flag(String argument, boolean otherwise) {
        Object value = arguments.get(argument);
        return value == null ? otherwise : Boolean.parseBoolean(value.toString());
    }

    /** One that is a whole number. */
    public long number(String argument, long otherwise) throws AbortException {
        Object value = arguments.get(argument);
        try {
            return value == null ? otherwise : new BigDecimal(value.toString()).longValue();
        } catch (NumberFormatException x) {
            throw new AbortException(
                    "'" + argument + "' of the step '" + name + "' is '" + value + "'. Give a whole number.");
        }
    }

    /** A time in the argument {@code unit}, in milliseconds. */
    public long millis(TimeUnit usual) throws AbortException {
        String unit = text("unit", usual.name()).toUpperCase(Locale.ROOT);
        try {
            return TimeUnit.valueOf(unit).toMillis(number("time", 0));
        } catch (IllegalArgumentException x) {
            throw new AbortException(
                    "'" + unit + "' is no unit of the step '" + name + "'. Give one such as 'MINUTES'.");
        }
    }

    /** The body, without which the step makes no sense. */
    public Task block() throws AbortException {
        if (body == null) {
            throw new AbortException("The step '" + name + "' needs a block: " + name + "(…) { … }.");
        }
        return body;
    }

    /** What the step does its work on: the first argument, as text. */
    public String subject() {
        return arguments.isEmpty()
                ? ""
                : String.valueOf(arguments.values().iterator().next());
    }
}
