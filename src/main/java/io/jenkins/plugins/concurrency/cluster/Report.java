package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the builds of a controller hold of shared groups and wait for, as far as they know. What they do not name here ends.
 *
 * @param holding the requests whose bodies run
 * @param waiting the requests that were not told yet that they were granted
 * @since 1.0
 */
public record Report(List<RequestKey> holding, List<Waiting> waiting) {
    public Report {
        holding = List.copyOf(holding);
        waiting = List.copyOf(waiting);
    }

    /** Of a controller none of whose builds uses a shared group. */
    public static Report empty() {
        return new Report(List.of(), List.of());
    }

    /**
     * A build that waits.
     *
     * @param place where it waited, if it was told; empty if its request may never have been made
     */
    public record Waiting(Request request, Optional<Place> place) {
        public Waiting {
            Objects.requireNonNull(request);
            Objects.requireNonNull(place);
        }
    }

    /** A place in time: see {@link io.jenkins.plugins.concurrency.engine.Effect.Queued}. */
    public record Place(long ticket, Instant since) {
        public Place {
            Objects.requireNonNull(since);
        }
    }
}
