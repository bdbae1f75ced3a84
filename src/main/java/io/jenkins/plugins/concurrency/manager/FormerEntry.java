package io.jenkins.plugins.concurrency.manager;

import hudson.model.Action;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells which queue item a build was. The build itself does not once it is a Pipeline that was resumed: it has the id of the
 * item that resumed it then.
 */
@Restricted(NoExternalUse.class)
public interface FormerEntry extends Action {
    /** The id of the queue item. */
    long id();
}
