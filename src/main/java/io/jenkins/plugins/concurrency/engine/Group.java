package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A group while it is declared, decided on by a person, or in use: who holds its slots and who waits for them. */
final class Group {
    private final GroupLimit limit = new GroupLimit();
    private final Slots slots = new Slots();
    private final IndexedSet<LiveRequest> holders = new IndexedSet<>(LiveRequest.BY_TICKET);
    /** Those of the holders that have the whole group; more than one only where a person started one over the limit. */
    private final Set<LiveRequest> exclusiveHolders = new HashSet<>(2);
    /** Who has a claim on this group, taken or not. */
    private final Roster roster = new Roster();
    /** Those in the queue who may not fit where others do. */
    private final Set<LiveRequest> wide = new HashSet<>(2);

    /** Who asks for it and takes nothing of it, as a lease around it has it. */
    private final Set<LiveRequest> inner = new HashSet<>(2);

    private GroupKey key;
    private WaitQueue queue = WaitQueue.of(Order.FIFO);
    private boolean paused;

    Group(GroupKey key) {
        this.key = key;
    }

    GroupKey key() {
        return key;
    }

    void rename(GroupKey to) {
        key = to;
    }

    GroupLimit limit() {
        return limit;
    }

    WaitQueue queue() {
        return queue;
    }

    boolean isPaused() {
        return paused;
    }

    void pause(boolean on) {
        paused = on;
    }

    /** The oldest first. */
    IndexedSet<LiveRequest> holders() {
        return holders;
    }

    Set<LiveRequest> exclusiveHolders() {
        return exclusiveHolders;
    }

    Roster roster() {
        return roster;
    }

    /** All who have a claim on it, but for the inner ones. */
    List<LiveRequest> claimants() {
        return roster.all();
    }

    Set<LiveRequest> inner() {
        return inner;
    }

    Collection<LiveRequest> wide() {
        return wide;
    }

    boolean isIdle() {
        return roster.isEmpty() && !paused && !limit.isDecided();
    }

    void add(LiveRequest live, Share share) {
        if (roster.add(share)) {
            live.job().groups().add(this);
        }
        limit.addAsked(share.limit(), live.ticket());
    }

    void remove(LiveRequest live, Share share) {
        if (roster.remove(share)) {
            live.job().groups().remove(this);
        }
        limit.removeAsked(share.limit());
    }

    void lineUp(LiveRequest live) {
        queue.add(live);
        cameIn(live);
    }

    void stepOut(LiveRequest live) {
        queue.remove(live);
        wentOut(live);
    }

    LiveRequest serveHead() {
        LiveRequest head = queue.poll();
        wentOut(head);
        return head;
    }

    /** What is told of those in the queue beside their order. */
    void cameIn(LiveRequest live) {
        roster.enter(live, Stage.QUEUED, 0);
        if (live.next().isWide()) {
            wide.add(live);
        }
    }

    void wentOut(LiveRequest live) {
        roster.leave(live, Stage.QUEUED, 0);
        wide.remove(live);
    }

    /** Lets those who wait go on in another order. */
    void declare(Policy policy) {
        Order before = limit.order();
        limit.declare(policy);
        if (limit.order() != before) {
            lineUpAnew();
        }
        roster.setDisplacing(overflow() == Overflow.DISPLACE_OLDEST, queue);
    }

    /** Has those who wait follow what is declared of the groups below this one. */
    void followLevels() {
        List<LiveRequest> waiting = waiting();
        if (waiting.stream().anyMatch(live -> !levelNow(live).equals(live.level()))) {
            waiting.forEach(queue::remove);
            waiting.forEach(live -> live.setLevel(levelNow(live)));
            lineUpAnew(waiting);
        }
    }

    private Precedence levelNow(LiveRequest live) {
        return ClaimResolver.level(live, this).moved(live.level().hand());
    }

    /** Forgets in which order they came here: from now on it is as if they had come by ticket. */
    void lineUpAnew() {
        lineUpAnew(waiting());
    }

    private void lineUpAnew(List<LiveRequest> waiting) {
        waiting.sort(LiveRequest.BY_TICKET);
        queue = WaitQueue.of(limit.order());
        waiting.forEach(queue::add);
    }

    private List<LiveRequest> waiting() {
        List<LiveRequest> waiting = new ArrayList<>(queue.size());
        queue.visit(0, waiting::add);
        return waiting;
    }

    int used() {
        return slots.taken();
    }

    boolean isHeldWhole() {
        return !exclusiveHolders.isEmpty();
    }

    /** How many slots are missing for this share; 0 or less if it fits. */
    long missing(Share share) {
        return missing(share, limit.value());
    }

    private long missing(Share share, int limit) {
        if (share.isExclusive() || isHeldWhole()) {
            return used();
        }
        return (long) Math.min(share.wanted(), limit) + used() - limit;
    }

    /** How many slots a share takes: one of more than the limit, which was lowered since, takes as many as there are. */
    int needed(Share share) {
        return Math.min(share.wanted(), limit.value());
    }

    boolean fits(Share share) {
        return !paused && missing(share) <= 0;
    }

    /** Whether a request that does not wait here yet can have its share at once, passing nobody. */
    boolean admits(LiveRequest newcomer, Share share) {
        return fits(share) && queue.wouldLead(newcomer);
    }

    /** The same for one that has not come in yet, with the limit that it gives the group; whoever waits comes before it then. */
    boolean wouldAdmit(LiveRequest newcomer, Share share) {
        int then = limit.valueWith(share.limit(), newcomer.ticket());
        boolean leads = then > limit.value() ? queue.size() == 0 : queue.wouldLead(newcomer);
        return !paused && missing(share, then) <= 0 && leads;
    }

    /** Gives the request its next share, of this group, with the lowest free slots. */
    void take(LiveRequest live) {
        give(live, slots.take(needed(live.next())));
    }

    /** The same with the slots that it had before the restart. */
    void retake(LiveRequest live, int[] numbers) {
        give(live, slots.retake(numbers));
    }

    private void give(LiveRequest live, int[] numbers) {
        if (live.next().isExclusive()) {
            exclusiveHolders.add(live);
        }
        live.took(numbers);
        holders.add(live);
        roster.enter(live, Stage.HOLDING, numbers.length);
    }

    /** Gives a lease that runs already a share of this group, in excess of the limit if need be. */
    void count(LiveRequest lease, Share share) {
        share.setSlots(slots.take(needed(share)));
        holders.add(lease);
        roster.enter(lease, Stage.of(lease), share.slots().length);
    }

    void free(LiveRequest live, Share share) {
        roster.leave(live, Stage.of(live), share.slots().length);
        slots.free(share.slots());
        holders.remove(live);
        exclusiveHolders.remove(live);
    }

    /** How many may wait when this newcomer comes. */
    OptionalInt bound(LiveRequest newcomer) {
        return limit.declared() != null ? limit.declared().maxQueued() : newcomer.maxQueued();
    }

    boolean isFull(LiveRequest newcomer) {
        return surplus(newcomer) > 0;
    }

    /** How many of those who wait have to go if this newcomer is to wait too. */
    long surplus(LiveRequest newcomer) {
        OptionalInt bound = bound(newcomer);
        return bound.isPresent() ? queue.size() + 1L - bound.getAsInt() : 0;
    }

    Overflow overflow() {
        return limit.declared() != null ? limit.declared().overflow() : Overflow.CANCEL;
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
