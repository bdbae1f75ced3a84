package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a person decided about a group at run time, and who did so when. Written to disk.
 *
 * @since 1.0
 */
public final class Decision {
    private final Scope scope;
    private final String context;
    private final String name;
    /** Null for a pause. */
    private final Integer limit;

    private final String by;
    private final long at;
    /** Whether there is more in the file than could be read. */
    private transient boolean unreadable;

    Decision(GroupKey group, OptionalInt limit, String by, Instant at) {
        this.scope = group.scope();
        this.context = group.context();
        this.name = group.name();
        this.limit = limit.isPresent() ? limit.getAsInt() : null;
        this.by = by;
        this.at = at.toEpochMilli();
    }

    /** Whether a file says all of it: were only its limit missing, it would be a pause that nobody decided. */
    boolean isWhole() {
        return !unreadable
                && scope != null
                && context != null
                && by != null
                && isGroup()
                && (limit == null || limit >= 1);
    }

    private boolean isGroup() {
        try {
            return name != null && !group().name().isEmpty();
        } catch (InvalidRequestException x) {
            return false;
        }
    }

    /** For the file. */
    public static final class ConverterImpl extends HandWritten<Decision> {
        public ConverterImpl(XStream2 xstream) {
            super(xstream);
        }

        @Override
        protected void read(@NonNull Decision read, @NonNull List<String> what) {
            read.unreadable = !what.isEmpty();
        }
    }

    /** The group that it is about. */
    @NonNull
    public GroupKey group() {
        return new GroupKey(scope, context, name);
    }

    /** The limit that the group has for now; empty if the decision is that it pauses. */
    @NonNull
    public OptionalInt limit() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /** Whether the group grants nothing. */
    public boolean isPause() {
        return limit == null;
    }

    /** The id of the user who decided. */
    @NonNull
    public String getBy() {
        return by;
    }

    @NonNull
    public Date getAt() {
        return new Date(at);
    }

    // For the page:

    @NonNull
    public String getId() {
        return group() + (isPause() ? " pause" : " limit");
    }

    @NonNull
    public String getGroupName() {
        return context.isEmpty() ? name : context + " » " + name;
    }

    @NonNull
    public String getText() {
        return isPause() ? Messages.Decision_paused() : Messages.Decision_limit(limit);
    }

    boolean isSameKind(GroupKey group, boolean pause) {
        return group().equals(group) && isPause() == pause;
    }

    Decision relocated(String from, String to) {
        return new Decision(group().relocated(from, to), limit(), by, Instant.ofEpochMilli(at));
    }
}
