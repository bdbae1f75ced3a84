package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Jenkinsfile gives the step or the property, before it is bound to that. To bind it, Groovy makes 1215752191 of
 * 99999999999, 0 of 0.5 and false of 'yes', and says nothing; and what it cannot make anything of, it tells with a stack
 * trace.
 *
 * @since 1.0
 */
public final class Arguments {
    /** The numbers, and the least that makes sense. */
    private static final Map<String, Integer> LEAST =
            Map.of("limit", 1, "slots", 1, "maxQueued", 0, "priority", Integer.MIN_VALUE);

    private static final Set<String> TEXTS = Set.of("group", "scope", "variable", "reason");

    private Arguments() {}

    /**
     * Checks what the step and the property have in common.
     *
     * @throws InvalidRequestException if a value cannot be that of its parameter; the message says what to do
     */
    public static void check(Map<String, ?> given) {
        given.forEach((name, value) -> {
            if (LEAST.containsKey(name)) {
                checkNumber(name, value, LEAST.get(name), Integer.MAX_VALUE);
            } else if (name.equals("waitTimeout")) {
                checkNumber(name, value, 0, Long.MAX_VALUE);
            } else if (name.equals("exclusive")) {
                checkFlag(name, value);
            } else if (TEXTS.contains(name)) {
                checkText(name, value);
            }
        });
    }

    /**
     * Checks one that is the name of a constant.
     *
     * @throws InvalidRequestException if it is given, and is none of them
     */
    public static <E extends Enum<E>> void checkChoice(Map<String, ?> given, String name, Class<E> type) {
        if (given.containsKey(name)) {
            checkChoice(name, given(name, given.get(name)), type);
        }
    }

    /**
     * Checks one of several constants.
     *
     * @throws InvalidRequestException if it is none, nor the name of one
     */
    public static <E extends Enum<E>> void checkChoice(String name, Object value, Class<E> type) {
        if (!type.isInstance(value)) {
            Choice.of(type, name, String.valueOf(value));
        }
    }

    /**
     * The elements of one that is a list; none if it is left out.
     *
     * @param example how to write it
     * @throws InvalidRequestException if it is given, and is no list
     */
    public static List<?> list(Map<String, ?> given, String name, String example) {
        if (!given.containsKey(name)) {
            return List.of();
        }
        Object value = given(name, given.get(name));
        if (value instanceof List<?> list) {
            return list;
        }
        throw new InvalidRequestException(
                "'" + name + "' is " + shown(value) + ", which is not a list. Give a list, such as " + example + ".");
    }

    private static void checkNumber(String name, Object value, long least, long most) {
        if (value == null && name.equals("maxQueued")) {
            return;
        }
        BigInteger number = whole(given(name, value));
        if (number == null
                || number.compareTo(BigInteger.valueOf(most)) > 0
                || number.signum() < 0 && number.bitLength() >= Integer.SIZE) {
            throw new InvalidRequestException(
                    "'" + name + "' is " + shown(value) + ". Give a whole number from " + least + " to " + most
                            + ("waitTimeout".equals(name) ? ", and a shorter 'unit' if need be." : "."));
        }
    }

    private static BigInteger whole(Object value) {
        try {
            if (value instanceof String text) {
                return new BigInteger(text);
            }
            return value instanceof Number ? new BigDecimal(value.toString()).toBigIntegerExact() : null;
        } catch (NumberFormatException | ArithmeticException x) {
            return null;
        }
    }

    private static Object given(String name, Object value) {
        return Choice.given(name, value == null || value.toString().isBlank() ? null : value);
    }

    private static void checkFlag(String name, Object value) {
        given(name, value);
        if (!(value instanceof Boolean) && !"true".equals(value) && !"false".equals(value)) {
            throw new InvalidRequestException("'" + name + "' is " + shown(value) + ". Give true or false.");
        }
    }

    private static void checkText(String name, Object value) {
        if (value != null && !(value instanceof CharSequence) && !(value instanceof Enum<?>)) {
            throw new InvalidRequestException("'" + name + "' is " + shown(value)
                    + ", which is not text. Put it in quotes, such as " + name + ": 'deploy'.");
        }
    }

    private static String shown(Object value) {
        return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
    }
}
