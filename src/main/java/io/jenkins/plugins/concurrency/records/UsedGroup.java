package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How a job used a group when it last did. Written to disk. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class UsedGroup {
    private final Scope scope;
    private final String context;
    private final String name;
    private final int limit;
    private final Behavior behavior;

    UsedGroup(GroupKey key, int limit, Behavior behavior) {
        this.scope = key.scope();
        this.context = key.context();
        this.name = key.name();
        this.limit = limit;
        this.behavior = behavior;
    }

    /** The group. */
    @NonNull
    public GroupKey key() {
        return new GroupKey(scope, context, name);
    }

    /** The limit that the job asked for. */
    public int limit() {
        return limit;
    }

    /** The behavior that the job asked for. */
    @NonNull
    public Behavior behavior() {
        return behavior;
    }

    UsedGroup relocated(String from, String to) {
        return new UsedGroup(key().relocated(from, to), limit, behavior);
    }

    boolean isSameAs(UsedGroup other) {
        return key().equals(other.key()) && limit == other.limit && behavior == other.behavior;
    }
}
