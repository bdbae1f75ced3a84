package io.jenkins.plugins.concurrency.engine;

import java.util.Arrays;
import java.util.List;

/** What one request wants, and then has, of one group. */
final class Share {
    private static final int[] NONE = {};

    /** Asked for: the group as a whole. */
    private static final short WHOLE = 0;

    /** Asked for: nothing, but a group below is. */
    private static final short ANCESTOR = -1;

    private final Group group;
    private short asked;
    private short wanted;
    private int limit;
    private LiveRequest live;
    private int[] slots = NONE;

    /** Kept by {@link Members}. */
    Share older;

    Share newer;

    private Share(Group group, int asked, int wanted, int limit) {
        this.group = group;
        this.asked = (short) asked;
        this.wanted = (short) wanted;
        this.limit = limit;
    }

    /**
     * @param below how many slots the groups below take of it, which count as part of what is asked for
     */
    static Share of(Group group, Claim claim, int below) {
        return claim.exclusive()
                ? new Share(group, WHOLE, 1, claim.limit())
                : new Share(group, claim.slots(), Math.max(claim.slots(), below), claim.limit());
    }

    /** Of a group that a request did not ask for, as much as the groups below it take. */
    static Share ofAncestor(Group group, int slots) {
        return new Share(group, ANCESTOR, slots, Claim.ANY_LIMIT);
    }

    /** The same as it was in a snapshot. */
    static Share restored(Group group, int asked, int wanted, int limit) {
        return new Share(group, asked, wanted, limit);
    }

    LiveRequest live() {
        return live;
    }

    void setRequest(LiveRequest of) {
        live = of;
    }

    Group group() {
        return group;
    }

    /** What was asked for, of the group as it is called now; of an ancestor, what that takes of it. */
    Claim claim() {
        return new Claim(group.key(), isOfAncestor() ? wanted : Math.max(asked, 1), isExclusive(), limit);
    }

    /** Whether it was not asked for. */
    boolean isOfAncestor() {
        return asked == ANCESTOR;
    }

    /** As a snapshot has it. */
    int asked() {
        return asked;
    }

    /** How many slots it wants. */
    int wanted() {
        return wanted;
    }

    boolean isExclusive() {
        return asked == WHOLE;
    }

    /** Whether it may not fit where another one does. */
    boolean isWide() {
        return isExclusive() || wanted != 1;
    }

    boolean isSameAs(Share other) {
        return group == other.group && asked == other.asked && wanted == other.wanted;
    }

    /** The limit that it gives an ad hoc group, or {@link Claim#ANY_LIMIT}. */
    int limit() {
        return limit;
    }

    /** Of fewer slots it wants no more than there are. */
    void setLimit(int other) {
        limit = other;
        asked = (short) Math.min(asked, other);
        wanted = (short) Math.min(wanted, other);
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

    void setNoSlots() {
        slots = NONE;
    }
}
