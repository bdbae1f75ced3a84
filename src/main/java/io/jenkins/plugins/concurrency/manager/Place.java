package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;

/**
 * A request's place in time, which it keeps when it gives back what it has and asks again.
 *
 * @param since when it was made
 * @since 1.0
 */
public record Place(long ticket, @NonNull Instant since) {}
