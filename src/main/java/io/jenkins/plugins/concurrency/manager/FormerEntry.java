package io.jenkins.plugins.concurrency.manager;

import hudson.model.Action;

/**
 * Tells which queue item a build was. The build itself does not once it is a Pipeline that was resumed: it has the id of the
 * item that resumed it then.
 *
 * @since 1.0
 */
public interface FormerEntry extends Action {
    /** The id of the queue item. */
    long id();
}
