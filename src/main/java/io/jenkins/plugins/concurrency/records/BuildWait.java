package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.time.Duration;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A build's wait for one group, and how that ended. Written to disk with the build. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class BuildWait {
    private static final Duration WORTH_KEEPING = Duration.ofSeconds(1);

    private final GroupKey group;
    private final long until;
    private final long waited;
    private final int slots;
    /** Null if it got its slots. */
    private final Outcome outcome;

    private BuildWait(GroupKey group, Duration waited, int slots, Outcome outcome) {
        this.group = group;
        this.until = System.currentTimeMillis();
        this.waited = waited.toMillis();
        this.slots = slots;
        this.outcome = outcome;
    }

    /**
     * One that ended now with slots.
     *
     * @param slots how many; 0 if that is not known, or the build got the whole group
     */
    @NonNull
    public static BuildWait granted(@NonNull GroupKey group, @NonNull Duration waited, int slots) {
        return new BuildWait(group, waited, slots, null);
    }

    /** One that ended now without them. */
    @NonNull
    public static BuildWait refused(@NonNull GroupKey group, @NonNull Duration waited, @NonNull Outcome outcome) {
        return new BuildWait(group, waited, 0, outcome);
    }

    /** Whether a user would care: it took a while, or the build was refused. Who stops a build knows that. */
    boolean isWorthKeeping() {
        return waited >= WORTH_KEEPING.toMillis() || outcome != null && outcome != Outcome.WITHDRAWN;
    }

    /** Whether it could be read from its file. */
    boolean isWhole() {
        return group != null && group.scope() != null && group.context() != null && group.name() != null;
    }

    @NonNull
    public GroupKey group() {
        return group;
    }

    /** When it ended. */
    @NonNull
    public Date getUntil() {
        return new Date(until);
    }

    @NonNull
    public Duration waited() {
        return Duration.ofMillis(waited);
    }

    /** How many slots it got; 0 for none, for the whole group, and where that is not known. */
    public int getSlots() {
        return slots;
    }

    /** Why it got no slots; null if it did. */
    @CheckForNull
    public Outcome getOutcome() {
        return outcome;
    }
}
