package io.jenkins.plugins.concurrency.cluster;

import java.util.Objects;

/**
 * A member's right to append.
 *
 * @param joined the number of the entry that gave it
 */
record Seat(String member, long epoch, long joined) {
    Seat {
        Objects.requireNonNull(member);
    }
}
