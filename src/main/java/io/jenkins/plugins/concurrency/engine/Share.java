package io.jenkins.plugins.concurrency.engine;

import java.util.Arrays;
import java.util.List;

/** What one request wants, and then has, of one group. */
final class Share {
    private static final int[] NONE = {};

    /** Instead of a number of slots. */
    private static final int WHOLE = 0;

    private final Group group;
    private int wanted;
    private int limit;
    private Entry entry;
    private int[] slots = NONE;

    /** Kept by {@link Members}. */
    Share older;

    Share newer;

    Share(Group group, Claim claim) {
        this.group = group;
        this.wanted = claim.exclusive() ? WHOLE : claim.slots();
        this.limit = claim.limit();
    }

    Entry entry() {
        return entry;
    }

    void setEntry(Entry of) {
        entry = of;
    }

    Group group() {
        return group;
    }

    /** What was asked for, of the group as it is called now. */
    Claim claim() {
        return new Claim(group.key(), wanted(), isExclusive(), limit);
    }

    /** How many slots it wants. */
    int wanted() {
        return Math.max(wanted, 1);
    }

    boolean isExclusive() {
        return wanted == WHOLE;
    }

    /** Whether it may not fit where another one does. */
    boolean isWide() {
        return wanted != 1;
    }

    /** The limit that it gives an ad hoc group, or {@link Claim#ANY_LIMIT}. */
    int limit() {
        return limit;
    }

    /** Of fewer slots it wants no more than there are. */
    void setLimit(int other) {
        limit = other;
        wanted = Math.min(wanted, other);
    }

    /** The numbers of the slots that it has; none while it waits. */
    int[] slots() {
        return slots;
    }

    List<Integer> slotNumbers() {
        return slots.length == 1
                ? List.of(slots[0])
                : Arrays.stream(slots).boxed().toList();
    }

    void setSlots(int[] numbers) {
        slots = numbers;
    }
}
