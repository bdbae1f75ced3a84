package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.util.Date;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A queue entry that ended without a build, as its job's limit had it. Written to disk. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class Refusal {
    private final long at;
    private final GroupKey group;
    private final Outcome outcome;
    /** Null if none took its place. */
    private final BuildReference by;

    private final String causes;

    Refusal(long at, GroupKey group, Outcome outcome, @CheckForNull BuildReference by, String causes) {
        this.at = at;
        this.group = group;
        this.outcome = outcome;
        this.by = by;
        this.causes = causes;
    }

    Refusal relocated(String from, String to) {
        return new Refusal(at, group.relocated(from, to), outcome, by, causes);
    }

    /** When it ended. */
    @NonNull
    public Date getAt() {
        return new Date(at);
    }

    /** The group that it could not get. */
    @NonNull
    public GroupKey group() {
        return group;
    }

    /** How it ended. */
    @NonNull
    public Outcome getOutcome() {
        return outcome;
    }

    /** The newer build that took its place, if one did. */
    @NonNull
    public Optional<BuildReference> by() {
        return Optional.ofNullable(by);
    }

    /** Why it was in the queue, in words. */
    @NonNull
    public String getCauses() {
        return causes;
    }
}
