package io.jenkins.plugins.concurrency.cluster;

import java.util.Arrays;
import java.util.Objects;

/** What a replica knows after the entry of this number, as bytes, and their SHA-256. */
record StoredSnapshot(long seq, int version, byte[] state, byte[] hash) {
    StoredSnapshot {
        Objects.requireNonNull(state);
        Objects.requireNonNull(hash);
    }

    boolean hasSameHash(StoredSnapshot other) {
        return Arrays.equals(hash, other.hash);
    }
}
