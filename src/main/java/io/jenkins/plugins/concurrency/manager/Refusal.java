package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.Date;
import java.util.Optional;

/**
 * A queue entry that ended without a build, as its job's limit had it. Written to disk.
 *
 * @since 1.0
 */
public final class Refusal {
    private final long at;
    private final Scope scope;
    private final String context;
    private final String name;
    private final Outcome outcome;
    private final String by;
    private final Long number;
    private final String causes;

    Refusal(long at, GroupKey group, Outcome outcome, Optional<Owner> by, String causes) {
        this.at = at;
        this.scope = group.scope();
        this.context = group.context();
        this.name = group.name();
        this.outcome = outcome;
        this.by = by.map(Owner::job).orElse(null);
        this.number = by.filter(owner -> !owner.queueItem()).map(Owner::number).orElse(null);
        this.causes = causes;
    }

    /** When it ended. */
    @NonNull
    public Date getAt() {
        return new Date(at);
    }

    /** The group that it could not get. */
    @NonNull
    public GroupKey group() {
        return new GroupKey(scope, context, name);
    }

    /** How it ended. */
    @NonNull
    public Outcome getOutcome() {
        return outcome;
    }

    /** The full name of the job of the newer build that took its place; null if none did. */
    @CheckForNull
    public String getBy() {
        return by;
    }

    /** The newer build that took its place; empty if none did, or it was in the queue itself. */
    @NonNull
    public Optional<Owner> newer() {
        return number == null ? Optional.empty() : Optional.of(Owner.build(by, number));
    }

    /** Why it was in the queue, in words. */
    @NonNull
    public String getCauses() {
        return causes;
    }
}
