package io.jenkins.plugins.concurrency.engine;

import java.util.Comparator;

/**
 * What goes before any order: whom a person moved, then the priority of the group that the request came through, then
 * the request's own.
 *
 * @param hand 0, or the higher the later a person moved the request to the front, or the lower the later to the end
 */
record Precedence(long hand, int groupPriority, int priority) implements Comparable<Precedence> {
    /** Of requests: the highest level first. */
    static final Comparator<LiveRequest> ORDER = (one, other) -> one.level().compareTo(other.level());

    @Override
    public int compareTo(Precedence other) {
        int byHand = Long.compare(other.hand, hand);
        int byGroup = byHand != 0 ? byHand : Integer.compare(other.groupPriority, groupPriority);
        return byGroup != 0 ? byGroup : Integer.compare(other.priority, priority);
    }

    /** The level of those who say nothing: shared, as nearly all have it. */
    static final Precedence PLAIN = new Precedence(0, 0, 0);

    static Precedence of(int groupPriority, int priority) {
        return groupPriority == 0 && priority == 0 ? PLAIN : new Precedence(0, groupPriority, priority);
    }

    static Precedence of(EngineSnapshot.Level level) {
        return of(level.groupPriority(), level.priority()).moved(level.hand());
    }

    EngineSnapshot.Level toSnapshot() {
        return new EngineSnapshot.Level(hand, groupPriority, priority);
    }

    Precedence moved(long by) {
        return by == hand ? this : new Precedence(by, groupPriority, priority);
    }
}
