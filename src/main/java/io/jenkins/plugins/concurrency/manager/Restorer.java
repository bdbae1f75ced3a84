package io.jenkins.plugins.concurrency.manager;

import hudson.ExtensionPoint;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Puts back what was before a restart and is not known from step executions. The gate opens when all of them have.
 */
@Restricted(NoExternalUse.class)
public interface Restorer extends ExtensionPoint {
    /**
     * Puts back the leases, or the waiting requests. Called twice, for the leases first, on a thread that may block.
     */
    void restore(boolean running);

    /** Called when slots are granted again, on the same thread. */
    default void recovered() {}
}
