package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads a parameter that has a few possible values. */
final class Choice {
    private Choice() {}

    /**
     * The value of a parameter that can be left out; null if it was.
     *
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    @CheckForNull
    static <E extends Enum<E>> E optional(Class<E> type, String parameter, @CheckForNull String value) {
        return value == null ? null : of(type, parameter, value);
    }

    /**
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    static <E extends Enum<E>> E of(Class<E> type, String parameter, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> unknown(type, parameter, value));
    }

    private static InvalidRequestException unknown(Class<? extends Enum<?>> type, String parameter, String value) {
        String values = Arrays.stream(type.getEnumConstants())
                .map(constant -> "'" + constant.name() + "'")
                .collect(Collectors.joining(", "));
        return new InvalidRequestException(
                "'" + value + "' is no " + parameter + ". Give '" + parameter + "' one of " + values + ".");
    }
}
