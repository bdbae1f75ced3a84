package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.BuildReference;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that happened in a group.
 *
 * @param build the build, or queue item, that it concerns; empty for what concerns the whole group
 * @param waited for how long it waited; zero where it did not
 * @param held for how long it held its slots; zero where it did not
 * @param outcome why it got no slots; empty where that is not what happened
 * @param newer the build that it made way for
 * @param user the id of the user who did it; empty if none did
 * @param reason what the user said
 * @param limit the limit of the group from then on; empty where that is not what happened
 * @since 1.0
 */
public record ConcurrencyEvent(
        Kind kind,
        GroupKey group,
        Instant at,
        Optional<Owner> build,
        Duration waited,
        Duration held,
        Optional<Outcome> outcome,
        Optional<Owner> newer,
        Optional<String> user,
        Optional<String> reason,
        OptionalInt limit) {

    /** What happened. */
    public enum Kind {
        /** A request waits from now on. */
        QUEUED,
        /** A request got its slots. */
        GRANTED,
        /** A request gave its slots back. */
        RELEASED,
        /** A request left the queue, as its build ended. */
        LEFT,
        /** A request got no slots: superseded, cancelled, failed, skipped, timed out, a deadlock. The outcome tells. */
        REFUSED,
        /** A request that runs is to end for the sake of a newer one. */
        CANCELLED_FOR_NEWER,
        /** A user cancelled a request. */
        CANCELLED,
        /** A user moved a request in the queue. */
        MOVED,
        /** A user started a request over the limit. */
        STARTED,
        /** A user took the slots of a request away. */
        RELEASED_BY_HAND,
        /** A build gave the group another limit. */
        LIMIT_CHANGED,
        /** A user gave the group another limit for now. */
        LIMIT_SET,
        /** A user took that back. */
        LIMIT_RESET,
        /** A user paused the group. */
        PAUSED,
        /** The group grants slots again. */
        RESUMED
    }

    @NonNull
    static ConcurrencyEvent of(@NonNull GroupKey group, @NonNull HistoryEvent event) {
        return new ConcurrencyEvent(
                Kind.valueOf(event.getKind().name()),
                group,
                event.getAt().toInstant(),
                event.build().map(BuildReference::owner),
                event.waited(),
                event.held(),
                Optional.ofNullable(event.getOutcome()),
                event.by().map(BuildReference::owner),
                Optional.ofNullable(event.getUser()),
                Optional.ofNullable(event.getReason()),
                event.limit());
    }

    @NonNull
    static ConcurrencyEvent queued(@NonNull Effect.Queued queued) {
        return plain(Kind.QUEUED, queued.group(), Optional.of(queued.owner()), OptionalInt.empty());
    }

    @NonNull
    static ConcurrencyEvent limitChanged(@NonNull Effect.LimitChanged change) {
        return plain(Kind.LIMIT_CHANGED, change.group(), Optional.empty(), OptionalInt.of(change.to()));
    }

    private static ConcurrencyEvent plain(Kind kind, GroupKey group, Optional<Owner> build, OptionalInt limit) {
        return new ConcurrencyEvent(
                kind,
                group,
                Instant.now(),
                build,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
