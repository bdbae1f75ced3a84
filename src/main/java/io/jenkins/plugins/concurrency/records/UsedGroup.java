package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How a job used a group when it last did. Written to disk. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class UsedGroup {
    private final GroupKey group;
    private final int limit;
    private final Behavior behavior;

    UsedGroup(GroupKey group, int limit, Behavior behavior) {
        this.group = group;
        this.limit = limit;
        this.behavior = behavior;
    }

    /** The group. */
    @NonNull
    public GroupKey group() {
        return group;
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
        return new UsedGroup(group.relocated(from, to), limit, behavior);
    }

    boolean isSameAs(UsedGroup other) {
        return group.equals(other.group) && limit == other.limit && behavior == other.behavior;
    }
}
