package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Reads a parameter that has a few possible values.
 *
 * @since 1.0
 */
public final class Choice {
    private Choice() {}

    /**
     * The value of a parameter that can be left out; null if it was.
     *
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    public static <E extends Enum<E>> E optional(Class<E> type, String parameter, String value) {
        return value == null ? null : of(type, parameter, value);
    }

    /**
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    public static <E extends Enum<E>> E of(Class<E> type, String parameter, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> unknown(type, parameter, value));
    }

    /**
     * @throws InvalidRequestException if it is null, as the value of a variable that is not set is
     */
    public static <T> T given(String parameter, T value) {
        if (value == null) {
            throw new InvalidRequestException(
                    "'" + parameter + "' is given, but it is empty. Check the variable that it"
                            + " comes from, or leave '" + parameter + "' out.");
        }
        return value;
    }

    private static InvalidRequestException unknown(Class<? extends Enum<?>> type, String parameter, String value) {
        String values = Arrays.stream(type.getEnumConstants())
                .map(constant -> "'" + constant.name() + "'")
                .collect(Collectors.joining(", "));
        return new InvalidRequestException(
                "'" + value + "' is no " + parameter + ". Give '" + parameter + "' one of " + values + ".");
    }
}
