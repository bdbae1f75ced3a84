package io.jenkins.plugins.concurrency.manager;

import hudson.ExtensionPoint;

/**
 * Puts back what was before a restart and is not known from step executions. The gate opens when all of them have.
 *
 * @since 1.0
 */
public interface Restorer extends ExtensionPoint {
    /**
     * Puts back the leases, or the waiting requests. Called twice, for the leases first, on a thread that may block.
     */
    void restore(boolean running);

    /** Called when slots are granted again, on the same thread. */
    default void recovered() {}
}
