package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Reads and checks the arguments of a {@code concurrency} step.
 *
 * @since 1.0
 */
public final class BlockArguments {
    /** The one that names the group. */
    public static final String GROUP = "group";

    static final String EXAMPLE = "extra: [[group: 'licence', limit: 2]]";

    private static final Set<String> OF_EACH_GROUP = Set.of(GROUP, "scope", "limit", "slots", "exclusive");
    private static final Set<String> OF_THE_BLOCK = Set.of(
            "behavior",
            "priority",
            "maxQueued",
            "waitTimeout",
            "unit",
            "result",
            "variable",
            "fence",
            "extra",
            "reason");

    private BlockArguments() {}

    /** The names of all that there are. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_THE_BLOCK);
        names.addAll(OF_EACH_GROUP);
        return names;
    }

    /**
     * Checks what somebody wrote before it is bound to anything.
     *
     * @param extra the elements of the argument of that name, as far as they are given by name
     * @throws InvalidRequestException if a value cannot be that of its parameter; the message says what to do
     */
    public static void check(Map<String, ?> given, List<Map<?, ?>> extra) {
        Arguments.check(given);
        Arguments.checkChoice(given, "unit", TimeUnit.class);
        for (Map<?, ?> fields : extra) {
            Map<String, Object> further = new HashMap<>();
            fields.forEach((name, value) -> further.put(String.valueOf(name), value));
            Arguments.check(further);
        }
    }

    /**
     * The elements of {@code extra}.
     *
     * @throws InvalidRequestException if it is no list
     */
    public static List<?> extra(Map<String, ?> given) {
        return Arguments.list(given, "extra", EXAMPLE);
    }

    /** What to say of an element of {@code extra} that is no group. */
    public static InvalidRequestException noGroup(Object element) {
        return new InvalidRequestException(
                "'extra' has the element '" + element + "'. Give each a 'group', such as " + EXAMPLE + ".");
    }

    /**
     * A step whose arguments were checked. A group whose value is null, as that of a variable which is not set, is not one
     * that was left out.
     */
    public static AskedBlock read(Map<String, ?> given, List<Map<?, ?>> extra) {
        Values values = new Values(given);
        return new AskedBlock(
                group(values, given.containsKey(GROUP) ? "" : null),
                extra.stream().map(fields -> group(new Values(fields), null)).toList(),
                values.text("behavior", Behavior.QUEUE.name()),
                (int) values.number("priority", 0),
                given.get("maxQueued") == null ? null : (int) values.number("maxQueued", 0),
                values.number("waitTimeout", 0),
                TimeUnit.valueOf(values.text("unit", TimeUnit.MINUTES.name())),
                values.text("result", EndResult.DEFAULT.name()),
                values.name("variable"),
                values.name("fence"));
    }

    private static AskedGroup group(Values values, String unset) {
        return new AskedGroup(
                values.text(GROUP, unset),
                values.name("scope"),
                (int) values.number("slots", 1),
                values.flag("exclusive"),
                (int) values.number("limit", 1));
    }

    /** Values that were checked, in whatever form a Jenkinsfile gives them. */
    private record Values(Map<?, ?> given) {
        String text(String name, String otherwise) {
            Object value = given.get(name);
            return value == null ? otherwise : value.toString();
        }

        /** Null if it is left out or empty. */
        String name(String name) {
            String text = text(name, "").trim();
            return text.isEmpty() ? null : text;
        }

        long number(String name, long otherwise) {
            Object value = given.get(name);
            return value == null ? otherwise : new java.math.BigDecimal(value.toString()).longValueExact();
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(text(name, "false"));
        }
    }
}
