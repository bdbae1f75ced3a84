package io.jenkins.plugins.concurrency.engine;

import java.util.Comparator;

/**
 * What goes before any order: whom a person moved, then the priority of the group that the request came through, then
 * the request's own.
 *
 * @param hand 0, or the higher the later a person moved the request to the front, or the lower the later to the end
 */
record Level(long hand, int groupPriority, int priority) implements Comparable<Level> {
    /** Of entries: the highest level first. */
    static final Comparator<LiveRequest> ORDER = (one, other) -> one.level().compareTo(other.level());

    @Override
    public int compareTo(Level other) {
        int byHand = Long.compare(other.hand, hand);
        int byGroup = byHand != 0 ? byHand : Integer.compare(other.groupPriority, groupPriority);
        return byGroup != 0 ? byGroup : Integer.compare(other.priority, priority);
    }

    /** The level of those who say nothing: shared, as nearly all have it. */
    static final Level PLAIN = new Level(0, 0, 0);

    static Level of(int groupPriority, int priority) {
        return groupPriority == 0 && priority == 0 ? PLAIN : new Level(0, groupPriority, priority);
    }

    Level moved(long by) {
        return by == hand ? this : new Level(by, groupPriority, priority);
    }
}
