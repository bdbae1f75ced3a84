package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
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
    /** Null if none took its place. */
    private final BuildReference by;

    private final String causes;

    Refusal(long at, GroupKey group, Outcome outcome, Optional<Owner> by, String causes) {
        this(at, group, outcome, by.map(BuildReference::to).orElse(null), causes);
    }

    private Refusal(long at, GroupKey group, Outcome outcome, BuildReference by, String causes) {
        this.at = at;
        this.scope = group.scope();
        this.context = group.context();
        this.name = group.name();
        this.outcome = outcome;
        this.by = by;
        this.causes = causes;
    }

    Refusal relocated(String from, String to) {
        return new Refusal(at, group().relocated(from, to), outcome, by, causes);
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

    /** The newer build that took its place; empty if none did, it has not started, or the current user may not read it. */
    @NonNull
    public Optional<Run<?, ?>> newer() {
        return Optional.ofNullable(by).flatMap(BuildReference::visible);
    }

    /** Why it was in the queue, in words. */
    @NonNull
    public String getCauses() {
        return causes;
    }
}
