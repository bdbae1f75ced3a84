package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Policy;
import java.util.Objects;

/**
 * How a shared group is declared.
 *
 * @since 1.0
 */
public record SharedPolicy(Policy policy, WhenLost whenLost) {
    public SharedPolicy {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(whenLost);
    }
}
