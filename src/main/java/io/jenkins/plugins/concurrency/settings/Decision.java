package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a person decided about a group at run time, and who did so when. Written to disk.
 */
@Restricted(NoExternalUse.class)
public final class Decision {
    private final GroupKey group;
    /** Null for a pause. */
    private final Integer limit;

    private final String by;
    private final long at;
    /** Null if none was given, or an older version wrote it. */
    private final String reason;
    /** When a pause ends by itself; null if it does not. */
    private final Long until;

    /** Whether there is more in the file than could be read. */
    private transient boolean unreadable;

    private Decision(GroupKey group, Integer limit, String by, long at, String reason, Long until) {
        this.group = group;
        this.limit = limit;
        this.by = by;
        this.at = at;
        this.reason = OneLine.of(reason);
        this.until = until;
    }

    static Decision limit(GroupKey group, int limit, String by, @CheckForNull String reason) {
        return new Decision(group, limit, by, System.currentTimeMillis(), reason, null);
    }

    static Decision pause(GroupKey group, String by, @CheckForNull String reason, Optional<Instant> until) {
        Long end = until.map(Instant::toEpochMilli).orElse(null);
        return new Decision(group, null, by, System.currentTimeMillis(), reason, end);
    }

    /** Whether a file says all of it: were only its limit missing, it would be a pause that nobody decided. */
    boolean isWhole() {
        return !unreadable && by != null && isGroup() && (limit == null || limit >= 1);
    }

    private boolean isGroup() {
        if (group == null || group.scope() == null || group.context() == null || group.name() == null) {
            return false;
        }
        try {
            return group.equals(new GroupKey(group.scope(), group.context(), group.name()));
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
        return group;
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

    /** Why, in the user's words; null if that was not said. */
    @CheckForNull
    public String getReason() {
        return OneLine.of(reason);
    }

    /** When the pause ends by itself; empty if it does not, or this is a limit. */
    @NonNull
    public Optional<Instant> until() {
        return Optional.ofNullable(until).filter(end -> isPause()).map(Instant::ofEpochMilli);
    }

    // For the page:

    @NonNull
    public String getId() {
        return group + (isPause() ? " pause" : " limit");
    }

    @NonNull
    public String getGroupName() {
        return group.context().isEmpty() ? group.name() : group.context() + " » " + group.name();
    }

    /** When it ends by itself; null if it does not. */
    @CheckForNull
    public Date getUntil() {
        return until().map(Date::from).orElse(null);
    }

    @NonNull
    public String getText() {
        return isPause() ? Messages.Decision_paused() : Messages.Decision_limit(limit);
    }

    boolean isSameKind(GroupKey other, boolean pause) {
        return group.equals(other) && isPause() == pause;
    }

    Decision relocated(String from, String to) {
        return new Decision(group.relocated(from, to), limit, by, at, reason, until);
    }
}
