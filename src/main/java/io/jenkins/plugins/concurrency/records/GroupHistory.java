package io.jenkins.plugins.concurrency.records;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.List;

/** What is remembered of one group. Not safe for several threads: {@link History} has the lock. */
final class GroupHistory {
    private final GroupKey group;
    private final GroupEvents events;
    private final JobHolds holds;
    private final GroupUsage usage;
    /** A higher number for a later use. */
    private long lastUse;

    GroupHistory(GroupKey group) {
        this(group, new GroupEvents(List.of()), new JobHolds(), new GroupUsage());
    }

    GroupHistory(GroupKey group, GroupEvents events, JobHolds holds, GroupUsage usage) {
        this.group = group;
        this.events = events;
        this.holds = holds;
        this.usage = usage;
    }

    /** The same, for another thread, or for a group that has another name by now. */
    GroupHistory copyFor(GroupKey key) {
        GroupHistory copy = new GroupHistory(
                key, new GroupEvents(events.oldestFirst()), new JobHolds(holds), new GroupUsage(usage));
        copy.lastUse = lastUse;
        return copy;
    }

    GroupKey group() {
        return group;
    }

    GroupEvents events() {
        return events;
    }

    JobHolds holds() {
        return holds;
    }

    GroupUsage usage() {
        return usage;
    }

    long lastUse() {
        return lastUse;
    }

    void used(long when) {
        lastUse = when;
    }

    void add(HistoryEvent event) {
        if (events.add(event)) {
            usage.granted(event.at(), event.waited());
        }
    }

    /** Puts in what happened before. */
    void addOlder(GroupHistory older) {
        events.addOlder(older.events);
        holds.addOlder(older.holds);
        usage.addOlder(older.usage);
        lastUse = Math.max(lastUse, older.lastUse);
    }

    /** Whether it is gone with this job or folder. */
    boolean isIn(String fullName) {
        return FullNames.isIn(group.context(), fullName);
    }

    /** Whether there is anything of this job, or of those in this folder. */
    boolean tellsOf(String fullName) {
        return events.tellOf(fullName) || holds.jobs().stream().anyMatch(job -> FullNames.isIn(job, fullName));
    }

    /** A copy without what there is of this job, or of those in this folder. */
    GroupHistory without(String fullName) {
        GroupHistory copy = copyFor(group);
        copy.events.forget(fullName);
        copy.holds.forget(fullName);
        return copy;
    }

    /** A copy that has followed a job or a folder to its new name. */
    GroupHistory relocated(String from, String to) {
        GroupHistory copy = copyFor(group.relocated(from, to));
        copy.events.relocate(from, to);
        copy.holds.relocate(from, to);
        return copy;
    }
}
