package io.jenkins.plugins.concurrency.manager;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** There is no such request or group, or the current user may not know that there is: nobody can tell one from the other. */
@Restricted(NoExternalUse.class)
public final class UnknownTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownTargetException() {
        super(Messages.UnknownTargetException_message());
    }
}
