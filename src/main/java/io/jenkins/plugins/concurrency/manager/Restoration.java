package io.jenkins.plugins.concurrency.manager;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What came of putting a request back.
 */
@Restricted(NoExternalUse.class)
public enum Restoration {
    /** It is as it was. */
    RESTORED,
    /** It is known already: it was put back before, by the same build or by another record of it. */
    KNOWN,
    /** It has ended since. */
    ENDED
}
