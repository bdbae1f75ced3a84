package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A request's place in time, which it keeps when it gives back what it has and asks again.
 *
 * @param since when it was made
 */
@Restricted(NoExternalUse.class)
public record Place(long ticket, @NonNull Instant since) {}
