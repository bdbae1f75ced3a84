package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request was before a restart.
 *
 * @param ticket the one it had
 * @param since when it was made
 * @param runningSince when it was granted; empty if it still waited
 * @param grants what it held when it ran
 * @param leaving whether it ran and was told to end for the sake of a newer one
 * @param moved the place that a person gave it, if it still waited
 * @since 1.0
 */
public record SavedState(
        long ticket,
        Instant since,
        Optional<Instant> runningSince,
        List<Grant> grants,
        boolean leaving,
        Optional<MovedPlace> moved) {

    /**
     * @throws InvalidRequestException if the ticket is none that was ever given
     */
    public SavedState {
        Tickets.check(ticket);
        Objects.requireNonNull(since);
        Objects.requireNonNull(runningSince);
        Objects.requireNonNull(moved);
        grants = List.copyOf(grants);
    }

    /** What was never moved by hand. */
    public SavedState(long ticket, Instant since, Optional<Instant> runningSince, List<Grant> grants, boolean leaving) {
        this(ticket, since, runningSince, grants, leaving, Optional.empty());
    }

    /** It waited. */
    public static SavedState waiting(long ticket, Instant since) {
        return new SavedState(ticket, since, Optional.empty(), List.of(), false);
    }

    /** It ran. */
    public static SavedState running(long ticket, Instant since, Instant runningSince, List<Grant> grants) {
        return new SavedState(ticket, since, Optional.of(runningSince), grants, false);
    }

    /** The same, at the place that a person gave it. */
    public SavedState movedTo(MovedPlace place) {
        return new SavedState(ticket, since, runningSince, grants, leaving, Optional.of(place));
    }
}
