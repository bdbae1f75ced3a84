package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads a parameter that has a few possible values.
 */
@Restricted(NoExternalUse.class)
public final class Choice {
    private Choice() {}

    /**
     * The value of a parameter that can be left out; null if it was.
     *
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    @CheckForNull
    public static <E extends Enum<E>> E optional(
            @NonNull Class<E> type, @NonNull String parameter, @CheckForNull String value) {
        return value == null ? null : of(type, parameter, value);
    }

    /**
     * @throws InvalidRequestException if it is none of the values; the message lists them
     */
    @NonNull
    public static <E extends Enum<E>> E of(
            @NonNull Class<E> type, @NonNull String parameter, @CheckForNull String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> unknown(type, parameter, value));
    }

    /**
     * @throws InvalidRequestException if it is null, as the value of a variable that is not set is
     */
    @NonNull
    public static <T> T given(@NonNull String parameter, @CheckForNull T value) {
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
