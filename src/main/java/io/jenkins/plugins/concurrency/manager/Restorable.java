package io.jenkins.plugins.concurrency.manager;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A step execution that has made a request, and knows what became of it.
 */
@Restricted(NoExternalUse.class)
public interface Restorable {
    /** Whether its request was granted. */
    boolean isRunning();

    /** Puts its request back, unless that was done before, or it has ended. */
    void restore();
}
