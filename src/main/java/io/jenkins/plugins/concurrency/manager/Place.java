package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A request's place in time, which it keeps when it gives back what it has and asks again.
 *
 * @param ticket in the controller's own groups
 * @param since when it was made
 * @param sharedTicket in the groups that several controllers share; 0 if it has none
 */
@Restricted(NoExternalUse.class)
public record Place(long ticket, @NonNull Instant since, long sharedTicket) {}
