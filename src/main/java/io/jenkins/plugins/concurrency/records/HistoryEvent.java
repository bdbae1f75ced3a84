package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Something that happened in a group. Written to disk. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class HistoryEvent {
    /** What happened. Its name is part of what is stored. */
    public enum Kind {
        /** A request got its slots. */
        GRANTED,
        /** A lease ended. */
        RELEASED,
        /** A request ended without its slots, for the reason that {@link #getOutcome} tells. */
        REFUSED,
        /** A request left the queue, as its build ended. */
        LEFT,
        /** A build was told to end for a newer one. */
        CANCELLED_FOR_NEWER,
        /** A user had a build end that waited or ran. */
        CANCELLED,
        /** A user moved a request in the queue. */
        MOVED,
        /** A user gave a request its slots, over the limit if need be. */
        STARTED,
        /** A user ended a lease. */
        RELEASED_BY_HAND,
        /** A user gave the group another limit. */
        LIMIT_SET,
        /** A user took that back. */
        LIMIT_RESET,
        /** A user paused the group. */
        PAUSED,
        /** A user, or the end that the pause had, resumed it. */
        RESUMED
    }

    private static final long WORTH_A_LINE = Duration.ofSeconds(1).toMillis();
    private static final int LONGEST_REASON = 500;

    private final long at;
    private final Kind kind;
    /** Null for what concerns the whole group. */
    private final BuildReference build;

    private final long waited;
    private final long held;
    /** Null if it is not {@link Kind#REFUSED}. */
    private final Outcome outcome;
    /** The build that took its place; null if none did. */
    private final BuildReference by;
    /** The id of the user who did it; null if none did. */
    private final String user;
    /** Null if it is no new limit. */
    private final Integer limit;

    private final String reason;

    private HistoryEvent(Builder builder) {
        at = builder.at;
        kind = builder.kind;
        build = builder.build;
        waited = builder.waited;
        held = builder.held;
        outcome = builder.outcome;
        by = builder.by;
        user = builder.user;
        limit = builder.limit;
        reason = builder.reason;
    }

    static Builder at(long millis, Kind kind) {
        return new Builder(millis, kind);
    }

    long at() {
        return at;
    }

    /** One that happened now. */
    @NonNull
    public static Builder now(@NonNull Kind kind) {
        return new Builder(System.currentTimeMillis(), kind);
    }

    @NonNull
    public Date getAt() {
        return new Date(at);
    }

    @NonNull
    public Kind getKind() {
        return kind;
    }

    /** The build that it concerns; empty for what concerns the whole group. */
    @NonNull
    public Optional<BuildReference> build() {
        return Optional.ofNullable(build);
    }

    /** How long the build waited before it. */
    @NonNull
    public Duration waited() {
        return Duration.ofMillis(waited);
    }

    /** How long the build held its slots. */
    @NonNull
    public Duration held() {
        return Duration.ofMillis(held);
    }

    /** Why it got no slots; null if it did. */
    @CheckForNull
    public Outcome getOutcome() {
        return outcome;
    }

    /** The build that took its place. */
    @NonNull
    public Optional<BuildReference> by() {
        return Optional.ofNullable(by);
    }

    /** The id of the user who did it; null if none did. */
    @CheckForNull
    public String getUser() {
        return user;
    }

    @NonNull
    public OptionalInt limit() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /** Why the user did it, in the user's words; null if that was not said. */
    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** Whether it is one of many that nobody misses: slots that were free at once, or given back. */
    boolean isRoutine() {
        return kind == Kind.RELEASED || kind == Kind.GRANTED && waited < WORTH_A_LINE;
    }

    /** Whether somebody got slots after a wait. */
    boolean isGrantAfterWait() {
        return kind == Kind.GRANTED && !isRoutine();
    }

    /** Whether an older one is worth nothing beside it: a queue item may give back what it has, and ask again. */
    boolean replaces(HistoryEvent before) {
        return (kind == Kind.GRANTED || kind == Kind.LEFT || kind == Kind.REFUSED)
                && (before.kind == Kind.GRANTED || before.kind == Kind.LEFT)
                && build != null
                && build.owner().queueItem()
                && build.equals(before.build);
    }

    /** Not so if what was stored is damaged, or of a newer version. */
    boolean isWhole() {
        return kind != null && (build == null || build.isWhole()) && (by == null || by.isWhole());
    }

    boolean isOf(String fullName) {
        return build != null && build.isIn(fullName);
    }

    boolean tellsOf(String fullName) {
        return isOf(fullName) || by != null && by.isIn(fullName);
    }

    /** The same, but that it does not tell of the builds of this job or folder. */
    HistoryEvent without(String fullName) {
        return by != null && by.isIn(fullName) ? new HistoryEvent(new Builder(this).instead(build, null)) : this;
    }

    HistoryEvent relocated(String from, String to) {
        BuildReference movedBuild = build == null ? null : build.relocated(from, to);
        BuildReference movedBy = by == null ? null : by.relocated(from, to);
        return movedBuild == build && movedBy == by
                ? this
                : new HistoryEvent(new Builder(this).instead(movedBuild, movedBy));
    }

    /** What there is to say of an event. A reason is cut where it is too long for a line. */
    public static final class Builder {
        private final long at;
        private final Kind kind;
        private BuildReference build;
        private long waited;
        private long held;
        private Outcome outcome;
        private BuildReference by;
        private String user;
        private Integer limit;
        private String reason;

        private Builder(long at, Kind kind) {
            this.at = at;
            this.kind = kind;
        }

        private Builder(HistoryEvent same) {
            this(same.at, same.kind);
            build = same.build;
            waited = same.waited;
            held = same.held;
            outcome = same.outcome;
            by = same.by;
            user = same.user;
            limit = same.limit;
            reason = same.reason;
        }

        private Builder instead(BuildReference concerned, BuildReference newer) {
            build = concerned;
            by = newer;
            return this;
        }

        @NonNull
        public Builder of(@NonNull BuildReference concerned) {
            build = concerned;
            return this;
        }

        @NonNull
        public Builder waited(@NonNull Duration time) {
            waited = time.toMillis();
            return this;
        }

        @NonNull
        public Builder held(@NonNull Duration time) {
            held = time.toMillis();
            return this;
        }

        @NonNull
        public Builder refused(@NonNull Outcome how, @CheckForNull BuildReference newer) {
            outcome = how;
            by = newer;
            return this;
        }

        @NonNull
        public Builder forNewer(@NonNull BuildReference newer) {
            by = newer;
            return this;
        }

        @NonNull
        public Builder byUser(@NonNull String id, @CheckForNull String why) {
            user = id;
            reason = why == null || why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON - 1) + '…';
            return this;
        }

        @NonNull
        public Builder limit(int to) {
            limit = to;
            return this;
        }

        @NonNull
        public HistoryEvent build() {
            return new HistoryEvent(this);
        }
    }
}
