package io.jenkins.plugins.concurrency.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the engine knows: the groups, the live requests, and the ways to find them. */
final class State {
    private static final Comparator<LiveRequest> BY_DEADLINE =
            Comparator.comparingLong(LiveRequest::deadline).thenComparing(LiveRequest.BY_TICKET);

    private final InstantSource clock;
    private final Groups groups = new Groups();
    private final Jobs jobs = new Jobs();
    private final RequestTable requests = new RequestTable(live -> live.key().value());
    private final TreeSet<LiveRequest> deadlines = new TreeSet<>(BY_DEADLINE);
    private final Set<LiveRequest> blocked = new LinkedHashSet<>();
    /** How many of the blocked ones wait inside others, or stall them. */
    private int nestedWaiting;

    private boolean disordered;
    private long now;
    private long changes;
    private final Tickets tickets = new Tickets();
    private final Moves moves = new Moves();

    State(InstantSource clock) {
        this.clock = clock;
    }

    /** Once for each call, before it changes anything: a clock may throw. Times that no clock shows become the nearest. */
    void readClock() {
        changes++;
        now = Math.min(Math.max(clock.millis(), 0), Tickets.LAST);
    }

    long now() {
        return now;
    }

    /** Something that is shown is another. */
    void changed() {
        changes++;
    }

    long changes() {
        return changes;
    }

    Groups groups() {
        return groups;
    }

    Jobs jobs() {
        return jobs;
    }

    List<RequestKey> requestsOf(Owner owner) {
        List<RequestKey> keys = new ArrayList<>(2);
        Job job = jobs.known(owner.job());
        for (LiveRequest live = job == null ? null : job.newestOf(owner); live != null; live = live.nextOfOwner) {
            keys.add(live.key());
        }
        return List.copyOf(keys);
    }

    long nextTicket() {
        return tickets.next(now);
    }

    void sawTicket(long ticket) {
        tickets.saw(ticket);
    }

    long lastTicket() {
        return tickets.last();
    }

    LiveRequest find(RequestKey key) {
        return key == null ? null : requests.get(key.value());
    }

    Collection<LiveRequest> requests() {
        return requests;
    }

    /** A group that is kept from now on. */
    Group group(GroupKey key) {
        Group group = groups.knownOrNew(key);
        groups.keep(group);
        return group;
    }

    /** The groups of which it takes nothing, as a lease around it has them. */
    List<Group> nested(LiveRequest live) {
        Nesting nesting = live.nesting();
        return nesting.nested().stream()
                .filter(group -> nesting.within().stream()
                        .map(this::find)
                        .anyMatch(lease -> lease != null && lease.heldOf(group) != null))
                .toList();
    }

    void add(LiveRequest live) {
        requests.put(live);
        if (live.job().isEmpty()) {
            jobs.keep(live.job());
        }
        live.job().add(live);
        live.shares().forEach(share -> add(live, share));
        live.nesting().nested().forEach(group -> group.inner().add(live));
    }

    private void add(LiveRequest live, Share share) {
        if (share.group().isIdle()) {
            groups.keep(share.group());
        }
        share.group().add(live, share);
    }

    /** Gives a request other shares, of which it has the first ones; a share that it had before stays as it is. */
    void replan(LiveRequest live, List<Share> shares, int has, Nesting nesting) {
        List<Share> before = live.shares();
        live.nesting().nested().forEach(group -> group.inner().remove(live));
        live.replan(shares, has, nesting);
        shares.stream().filter(share -> !before.contains(share)).forEach(share -> add(live, share));
        before.stream()
                .filter(share -> !shares.contains(share))
                .forEach(share -> share.group().remove(live, share));
        nesting.nested().forEach(group -> group.inner().add(live));
        if (live.waitingIn() != null) {
            noteBlocked(live);
        }
    }

    void remove(LiveRequest live) {
        requests.removeKey(live.key().value());
        moves.forget(live);
        for (Share share : live.shares()) {
            share.group().remove(live, share);
            forgetIfIdle(share.group());
        }
        live.nesting().nested().forEach(group -> group.inner().remove(live));
        live.job().remove(live);
        if (live.job().isEmpty()) {
            jobs.forget(live.job());
        }
    }

    void forgetIfIdle(Group group) {
        if (group.isIdle()) {
            groups.forget(group);
        }
    }

    /** The waiting requests that have a deadline, the nearest first. */
    TreeSet<LiveRequest> deadlines() {
        return deadlines;
    }

    /** The waiting requests for which others may have to wait: what they hold, or what encloses them, does not end. */
    Set<LiveRequest> blocked() {
        return blocked;
    }

    void lineUp(LiveRequest live, Group group) {
        lineUp(live, group, level(live, group));
    }

    /** At this level, as a snapshot has it. */
    void lineUp(LiveRequest live, Group group, Precedence at) {
        live.setLevel(at);
        group.lineUp(live);
        live.setWaitingIn(group);
        if (live.hasDeadline()) {
            deadlines.add(live);
        }
        noteBlocked(live);
    }

    private void noteBlocked(LiveRequest live) {
        if (!live.held().isEmpty() || live.nesting().keepsAny()) {
            if (blocked.add(live) && live.nesting().keepsAny()) {
                nestedWaiting++;
            }
        } else {
            unblock(live);
        }
    }

    private void unblock(LiveRequest live) {
        if (blocked.remove(live) && live.nesting().keepsAny()) {
            nestedWaiting--;
        }
        disordered = disordered && !blocked.isEmpty();
    }

    /**
     * Whether requests can wait for each other at all. As all take their claims in one order, they can only if one waits
     * inside another, or the order is not what it was when some of them took theirs.
     */
    boolean mayDeadlock() {
        return nestedWaiting > 0 || disordered;
    }

    void stepOut(LiveRequest live) {
        live.waitingIn().stepOut(live);
        forgetWaiting(live);
    }

    /** @return where it is now */
    MovedPlace move(LiveRequest live, boolean toFront) {
        Group group = live.waitingIn();
        group.queue().remove(live);
        long by = moves.move(live, group, toFront);
        live.setLevel(live.level().moved(by));
        group.queue().add(live);
        return new MovedPlace(group.key(), by);
    }

    /** The same as before a restart, once it waits there. */
    void moveBack(LiveRequest live, MovedPlace place) {
        moves.saw(Math.abs(place.by()));
        live.shares().stream()
                .map(Share::group)
                .filter(group -> group.key().equals(place.group()))
                .forEach(group -> moves.put(live, group, place.by()));
    }

    /** Where it would come in the queue of a group. */
    Precedence level(LiveRequest live, Group group) {
        return moves.level(live, group, ClaimResolver.level(live, group));
    }

    Moves moves() {
        return moves;
    }

    boolean isDisordered() {
        return disordered;
    }

    /** As a snapshot has them. */
    void restoreCounters(long lastTicket, long lastMove) {
        tickets.saw(lastTicket);
        moves.saw(lastMove);
    }

    /** Those who are blocked are those who were; now in their order. */
    void restoreBlocked(Collection<LiveRequest> inOrder, boolean orderChanged) {
        if (inOrder.size() != blocked.size() || !blocked.containsAll(inOrder)) {
            throw new IllegalArgumentException("Others are blocked than the snapshot says.");
        }
        blocked.clear();
        blocked.addAll(inOrder);
        disordered = orderChanged;
    }

    LiveRequest serveHead(Group group) {
        LiveRequest head = group.serveHead();
        forgetWaiting(head);
        return head;
    }

    private void forgetWaiting(LiveRequest live) {
        live.setWaitingIn(null);
        if (live.hasDeadline()) {
            deadlines.remove(live);
        }
        unblock(live);
    }

    /** @return whom the new name of this group concerns; nobody if it keeps its old one */
    Set<LiveRequest> relocate(Group group, String from, String to) {
        changed();
        Set<LiveRequest> concerned = new TreeSet<>(LiveRequest.BY_TICKET);
        if (groups.relocate(group, from, to)) {
            // The order of claims goes by names.
            disordered |= !blocked.isEmpty();
            concerned.addAll(group.claimants());
            group.inner().stream().filter(live -> nested(live).contains(group)).forEach(concerned::add);
        }
        return concerned;
    }

    /** @return whom the new name of this job concerns; nobody if it keeps its old one */
    List<LiveRequest> relocate(Job job, String from, String to) {
        changed();
        return jobs.relocate(job, from, to)
                ? job.requests().stream().sorted(LiveRequest.BY_TICKET).toList()
                : List.of();
    }
}
