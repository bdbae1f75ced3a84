package io.jenkins.plugins.concurrency.cluster;

import java.time.Instant;
import java.util.Objects;

/**
 * A controller that shares groups.
 *
 * @param url where people find it, as it says itself; may be empty
 * @param version the highest version of entries that it can apply
 * @param seen when it last said that it lives, by the database's clock
 * @param lost whether it was declared lost since
 * @since 1.0
 */
public record MemberView(String name, String url, int version, Instant seen, boolean lost) {
    public MemberView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(url);
        Objects.requireNonNull(seen);
    }
}
