package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** A live request: it waits for one claim after the other, then runs. */
final class LiveRequest {
    /** The key decides where a clock that went back over a restart gave a ticket twice. */
    static final Comparator<LiveRequest> BY_TICKET =
            Comparator.comparingLong(LiveRequest::ticket).thenComparingLong(live -> live.key.value());

    /** Of one job: builds by their number, and queue items, which become later builds, after them. */
    static final Comparator<LiveRequest> BY_AGE_IN_JOB = Comparator.comparing((LiveRequest live) -> live.queueItem)
            .thenComparingLong(live -> live.queueItem ? 0 : live.number)
            .thenComparing(BY_TICKET);

    private static final long NEVER = Long.MAX_VALUE;

    // Not the request itself: of those who wait there may be very many.
    private final RequestKey key;
    private final Job job;
    private final Behavior behavior;
    private final int priority;
    private final OptionalInt maxQueued;
    private final long deadline;
    private final long ticket;
    private final long since;
    /** In the order in which it takes them; those of which it has some come first. */
    private List<Share> shares;

    private Nesting nesting;

    private long number;
    private boolean queueItem;
    private int taken;
    private Precedence level = Precedence.PLAIN;
    private Group waitingIn;
    private long runningSince = -1;
    private boolean leaving;
    private boolean overLimit;
    private boolean putBack;

    /** The list of the live requests of one owner, kept by {@link Job}. */
    LiveRequest nextOfOwner;

    LiveRequest previousOfOwner;

    LiveRequest(Request request, Job job, long ticket, long since, List<Share> shares, Nesting nesting) {
        this.key = request.key();
        this.job = job;
        setOwner(request.owner());
        this.behavior = request.behavior();
        this.priority = request.priority();
        this.maxQueued = request.maxQueued();
        this.deadline = request.deadline().map(LiveRequest::millis).orElse(NEVER);
        this.nesting = nesting;
        this.ticket = ticket;
        this.since = since;
        this.shares = shares;
        shares.forEach(share -> share.setRequest(this));
    }

    /** The same as it was in a snapshot, but that it has nothing yet, and neither waits nor runs. */
    LiveRequest(EngineSnapshot.OfRequest from, Job job, List<Share> shares, List<Group> nested) {
        this.key = from.key();
        this.job = job;
        setOwner(from.owner());
        this.behavior = from.behavior();
        this.priority = from.priority();
        this.maxQueued = from.maxQueued();
        this.deadline = from.deadline().orElse(NEVER);
        this.nesting = from.within().isEmpty() && from.stalls().isEmpty()
                ? Nesting.NONE
                : new Nesting(from.within(), from.stalls(), nested);
        this.ticket = from.ticket();
        this.since = from.since();
        this.overLimit = from.overLimit();
        this.putBack = from.putBack();
        this.shares = shares;
        shares.forEach(share -> share.setRequest(this));
    }

    /** As near as a number of milliseconds from 0 on comes to it. */
    static long millis(Instant instant) {
        if (instant.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return instant.isBefore(Instant.ofEpochMilli(NEVER)) ? instant.toEpochMilli() : NEVER;
    }

    RequestKey key() {
        return key;
    }

    Behavior behavior() {
        return behavior;
    }

    int priority() {
        return priority;
    }

    OptionalInt maxQueued() {
        return maxQueued;
    }

    boolean hasDeadline() {
        return deadline != NEVER;
    }

    /** In milliseconds. */
    long deadline() {
        return deadline;
    }

    Nesting nesting() {
        return nesting;
    }

    Job job() {
        return job;
    }

    Owner owner() {
        return new Owner(job.name(), number, queueItem);
    }

    /** The build's number, or the queue item's id. */
    long number() {
        return number;
    }

    boolean isQueueItem() {
        return queueItem;
    }

    /** Only while no list of {@link Job} has it. */
    void setOwner(Owner owner) {
        number = owner.number();
        queueItem = owner.queueItem();
    }

    boolean isOfSameOwner(LiveRequest other) {
        return job == other.job && number == other.number && queueItem == other.queueItem;
    }

    /** Of two of one build, which comes after all older builds. */
    boolean isLaterBranchThan(LiveRequest other) {
        return !queueItem && isOfSameOwner(other);
    }

    boolean isNewerThan(LiveRequest other) {
        return (job == other.job ? BY_AGE_IN_JOB : BY_TICKET).compare(this, other) > 0;
    }

    long ticket() {
        return ticket;
    }

    /** When it was made, in milliseconds. */
    long since() {
        return since;
    }

    List<Share> shares() {
        return shares;
    }

    /** It wants other shares than before, of which it has the first ones. */
    void replan(List<Share> others, int has, Nesting other) {
        shares = others;
        taken = has;
        nesting = other;
        shares.subList(taken, shares.size()).forEach(Share::setNoSlots);
        shares.forEach(share -> share.setRequest(this));
    }

    /** What it has: all of it when it runs, and what it keeps while it waits for the next one. */
    List<Share> held() {
        return shares.subList(0, taken);
    }

    boolean hasAll() {
        return taken == shares.size();
    }

    /** The first share that it does not have yet. */
    Share next() {
        return shares.get(taken);
    }

    void took(int[] slots) {
        next().setSlots(slots);
        taken++;
    }

    Share shareOf(Group group) {
        for (Share share : shares) {
            if (share.group() == group) {
                return share;
            }
        }
        throw new IllegalArgumentException(this + " has no claim on " + group);
    }

    /** What it has of a group, or null. */
    Share heldOf(Group group) {
        for (int i = 0; i < taken; i++) {
            if (shares.get(i).group() == group) {
                return shares.get(i);
            }
        }
        return null;
    }

    Precedence level() {
        return level;
    }

    void setLevel(Precedence level) {
        this.level = level;
    }

    /** The group in whose queue it is, or null. */
    Group waitingIn() {
        return waitingIn;
    }

    void setWaitingIn(Group group) {
        waitingIn = group;
    }

    boolean isRunning() {
        return runningSince >= 0;
    }

    long runningSince() {
        return runningSince;
    }

    void run(long now) {
        changeStage(() -> runningSince = now);
    }

    /** The groups that it has shares of know how far it is. */
    private void changeStage(Runnable change) {
        Stage before = Stage.of(this);
        held().forEach(share -> share.group().roster().leave(this, before, share.slots().length));
        change.run();
        Stage after = Stage.of(this);
        held().forEach(share -> share.group().roster().enter(this, after, share.slots().length));
    }

    /** Whether it was told to end, so that its slots count as soon free. */
    boolean isLeaving() {
        return leaving;
    }

    void setLeaving(boolean on) {
        changeStage(() -> leaving = on);
    }

    boolean isOverLimit() {
        return overLimit;
    }

    void startOverLimit() {
        overLimit = true;
    }

    /** Whether it waited already before a restart. */
    boolean isPutBack() {
        return putBack;
    }

    void putBack() {
        putBack = true;
    }

    @Override
    public String toString() {
        return owner() + " " + key();
    }
}
