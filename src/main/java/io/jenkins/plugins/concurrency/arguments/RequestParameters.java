package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the step and the job property have in common: checks of what somebody wrote, with an error that says what to do.
 *
 * @since 1.0
 */
public final class RequestParameters {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private RequestParameters() {}

    /**
     * The name of a group that was given, as opposed to left out.
     *
     * @throws InvalidRequestException if it is null or blank, as the value of a variable that is not set is: it must not
     *     silently be another group then
     */
    public static String givenGroup(String group) {
        if (group == null || group.isBlank()) {
            throw new InvalidRequestException(
                    "The 'group' is given, but it is empty. Check the variable that it comes from, or leave 'group' out to limit the builds of this job.");
        }
        return group;
    }

    /**
     * @throws InvalidRequestException if it is below 1
     */
    public static int limit(int limit) {
        if (limit < 1) {
            throw new InvalidRequestException("The limit is " + limit + ". Give 'limit' 1 or more.");
        }
        return limit;
    }

    /**
     * @throws InvalidRequestException if it is below 1, or more than a request may ask for
     */
    public static int slots(int slots) {
        if (slots < 1) {
            throw new InvalidRequestException("The number of slots is " + slots + ". Give 'slots' 1 or more.");
        }
        if (slots > Request.MAX_SLOTS) {
            throw new InvalidRequestException("The number of slots is " + slots + ". Ask for at most "
                    + Request.MAX_SLOTS + " slots, or for the whole group with 'exclusive'.");
        }
        return slots;
    }

    /**
     * @param bound null for none
     * @throws InvalidRequestException if it is below 0
     */
    public static OptionalInt maxQueued(Integer bound) {
        if (bound != null && bound < 0) {
            throw new InvalidRequestException(
                    "'maxQueued' is " + bound + ". Give 0 (no build waits) or more, or leave it out.");
        }
        return bound == null ? OptionalInt.empty() : OptionalInt.of(bound);
    }

    /**
     * The scope of a group that a whole build is in.
     *
     * @param scope null if none is given
     * @throws InvalidRequestException if there is no such group before the build starts
     */
    public static Scope scopeOfWholeBuild(Scope scope) {
        if (scope == Scope.BUILD) {
            throw new InvalidRequestException(
                    "A group inside one build limits nothing before the build starts. Choose another scope.");
        }
        return scope;
    }

    /**
     * @throws InvalidRequestException if it is below 0
     */
    public static long waitTimeout(long timeout) {
        if (timeout < 0) {
            throw new InvalidRequestException("'waitTimeout' is " + timeout
                    + ". Give 'waitTimeout' 1 or more, or leave it out to wait for as long as it takes.");
        }
        return timeout;
    }

    /**
     * The name of an environment variable; null for none.
     *
     * @param argument what is to be given
     * @param example such a name
     * @throws InvalidRequestException if no program could read one of this name
     */
    public static String variable(String argument, String name, String example) {
        if (name != null && !VARIABLE.matcher(name).matches()) {
            throw new InvalidRequestException("'" + name + "' cannot be the name of an environment variable. Give '"
                    + argument + "' a" + " name of letters, digits and underscores, such as '" + example + "'.");
        }
        return name;
    }

    /**
     * When a wait that starts now ends; empty for a timeout of 0, or one that no clock will ever reach.
     *
     * @throws InvalidRequestException if the timeout is below 0
     */
    public static Optional<Instant> deadline(long timeout, TimeUnit unit, InstantSource clock) {
        long now = clock.millis();
        long millis = Math.max(1, unit.toMillis(waitTimeout(timeout)));
        return timeout == 0 || millis > Long.MAX_VALUE - now
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(now + millis));
    }
}
