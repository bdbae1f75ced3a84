package io.jenkins.plugins.concurrency.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the engine knows: the groups, the live requests, and the ways to find them. */
final class State {
    private static final Comparator<LiveRequest> BY_DEADLINE =
            Comparator.comparingLong(LiveRequest::deadline).thenComparing(LiveRequest.BY_TICKET);

    private final InstantSource clock;
    private final Groups groups = new Groups();
    private final Jobs jobs = new Jobs();
    private final RequestTable entries = new RequestTable(entry -> entry.key().value());
    private final TreeSet<LiveRequest> deadlines = new TreeSet<>(BY_DEADLINE);
    private final Set<LiveRequest> blocked = new LinkedHashSet<>();
    /** How many of the blocked ones wait inside others, or stall them. */
    private int nestedWaiting;

    private boolean disordered;
    private long now;
    private final Tickets tickets = new Tickets();
    /** Where people moved requests that wait, or did. */
    private final Map<LiveRequest, Move> moved = new HashMap<>();

    private long moves;

    /** Somebody moved a request in the queue of a group. */
    private record Move(Group group, long by) {}

    State(InstantSource clock) {
        this.clock = clock;
    }

    /** Once for each call, before it changes anything: a clock may throw. Times that no clock shows become the nearest. */
    void readClock() {
        now = Math.min(Math.max(clock.millis(), 0), Tickets.LAST);
    }

    long now() {
        return now;
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
        for (LiveRequest entry = job == null ? null : job.newestOf(owner); entry != null; entry = entry.nextOfOwner) {
            keys.add(entry.key());
        }
        return List.copyOf(keys);
    }

    long nextTicket() {
        return tickets.next(now);
    }

    void sawTicket(long ticket) {
        tickets.saw(ticket);
    }

    LiveRequest entry(RequestKey key) {
        return key == null ? null : entries.get(key.value());
    }

    Collection<LiveRequest> entries() {
        return entries;
    }

    /** A group that is kept from now on. */
    Group group(GroupKey key) {
        Group group = groups.knownOrNew(key);
        groups.keep(group);
        return group;
    }

    /** The groups of which it takes nothing, as a lease around it has them. */
    List<Group> nested(LiveRequest entry) {
        Nesting nesting = entry.nesting();
        return nesting.nested().stream()
                .filter(group -> nesting.within().stream()
                        .map(this::entry)
                        .anyMatch(lease -> lease != null && lease.heldOf(group) != null))
                .toList();
    }

    void add(LiveRequest entry) {
        entries.put(entry);
        if (entry.job().isEmpty()) {
            jobs.keep(entry.job());
        }
        entry.job().add(entry);
        entry.shares().forEach(share -> join(entry, share));
        entry.nesting().nested().forEach(group -> group.inner().add(entry));
    }

    private void join(LiveRequest entry, Share share) {
        if (share.group().isIdle()) {
            groups.keep(share.group());
        }
        share.group().join(entry, share);
    }

    /** Gives a request other shares, of which it has the first ones; a share that it had before stays as it is. */
    void replan(LiveRequest entry, List<Share> shares, int has, Nesting nesting) {
        List<Share> before = entry.shares();
        entry.nesting().nested().forEach(group -> group.inner().remove(entry));
        entry.replan(shares, has, nesting);
        shares.stream().filter(share -> !before.contains(share)).forEach(share -> join(entry, share));
        before.stream()
                .filter(share -> !shares.contains(share))
                .forEach(share -> share.group().quit(entry, share));
        nesting.nested().forEach(group -> group.inner().add(entry));
        if (entry.waitingIn() != null) {
            noteBlocked(entry);
        }
    }

    void remove(LiveRequest entry) {
        entries.removeKey(entry.key().value());
        moved.remove(entry);
        for (Share share : entry.shares()) {
            share.group().quit(entry, share);
            forgetIfIdle(share.group());
        }
        entry.nesting().nested().forEach(group -> group.inner().remove(entry));
        entry.job().remove(entry);
        if (entry.job().isEmpty()) {
            jobs.forget(entry.job());
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

    void lineUp(LiveRequest entry, Group group) {
        entry.setLevel(level(entry, group));
        group.lineUp(entry);
        entry.setWaitingIn(group);
        if (entry.hasDeadline()) {
            deadlines.add(entry);
        }
        noteBlocked(entry);
    }

    private void noteBlocked(LiveRequest entry) {
        if (!entry.held().isEmpty() || entry.nesting().keepsAny()) {
            if (blocked.add(entry) && entry.nesting().keepsAny()) {
                nestedWaiting++;
            }
        } else {
            unblock(entry);
        }
    }

    private void unblock(LiveRequest entry) {
        if (blocked.remove(entry) && entry.nesting().keepsAny()) {
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

    void stepOut(LiveRequest entry) {
        entry.waitingIn().stepOut(entry);
        forgetWaiting(entry);
    }

    /** @return where it is now */
    MovedPlace move(LiveRequest entry, boolean toFront) {
        Group group = entry.waitingIn();
        group.queue().remove(entry);
        moves++;
        Move move = new Move(group, toFront ? moves : -moves);
        moved.put(entry, move);
        entry.setLevel(entry.level().moved(move.by()));
        group.queue().add(entry);
        return new MovedPlace(group.key(), move.by());
    }

    /** The same as before a restart, once it waits there. */
    void moveBack(LiveRequest entry, MovedPlace place) {
        moves = Math.max(moves, Math.abs(place.by()));
        entry.shares().stream()
                .map(Share::group)
                .filter(group -> group.key().equals(place.group()))
                .forEach(group -> moved.put(entry, new Move(group, place.by())));
    }

    private Precedence level(LiveRequest entry, Group group) {
        Precedence level = ClaimResolver.level(entry, group);
        Move move = moved.get(entry);
        return move != null && move.group() == group ? level.moved(move.by()) : level;
    }

    LiveRequest serveHead(Group group) {
        LiveRequest head = group.serveHead();
        forgetWaiting(head);
        return head;
    }

    private void forgetWaiting(LiveRequest entry) {
        entry.setWaitingIn(null);
        if (entry.hasDeadline()) {
            deadlines.remove(entry);
        }
        unblock(entry);
    }

    /** @return whom the new name of this group concerns; nobody if it keeps its old one */
    Set<LiveRequest> relocate(Group group, String from, String to) {
        Set<LiveRequest> concerned = new LinkedHashSet<>();
        if (groups.relocate(group, from, to)) {
            // The order of claims goes by names.
            disordered |= !blocked.isEmpty();
            concerned.addAll(group.claimants());
            group.inner().stream()
                    .filter(entry -> nested(entry).contains(group))
                    .forEach(concerned::add);
        }
        return concerned;
    }

    /** @return whom the new name of this job concerns; nobody if it keeps its old one */
    List<LiveRequest> relocate(Job job, String from, String to) {
        return jobs.relocate(job, from, to) ? job.entries() : List.of();
    }
}
