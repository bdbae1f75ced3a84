package io.jenkins.plugins.concurrency.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifies a request, for ever: over restarts, renames and moves. No key is used twice.
 *
 * @since 1.0
 */
public record RequestKey(long value) {
    /** A key that nobody else has. */
    public static RequestKey random() {
        return new RequestKey(ThreadLocalRandom.current().nextLong());
    }

    @Override
    public String toString() {
        return Long.toHexString(value);
    }
}
