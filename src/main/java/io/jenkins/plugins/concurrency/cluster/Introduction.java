package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * What a member says of itself when it joins.
 *
 * @param url where people find it; may be empty
 * @param instance the process, which nobody else is
 * @param version the highest version of entries that it can apply
 * @param lostAfter for how long it may be silent before it is lost
 * @param former the epoch of this process that is over; 0 of one that has just begun
 */
record Introduction(String member, String url, String instance, int version, Duration lostAfter, long former) {
    Introduction {
        Objects.requireNonNull(member);
        Objects.requireNonNull(url);
        Objects.requireNonNull(instance);
        Objects.requireNonNull(lostAfter);
    }
}
