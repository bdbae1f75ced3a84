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
import java.util.stream.Collectors;

/** What the engine knows: the groups, the live requests, and the ways to find them. */
final class State {
    private static final Comparator<Entry> BY_DEADLINE =
            Comparator.comparingLong(Entry::deadline).thenComparing(Entry.BY_TICKET);

    private final InstantSource clock;
    private final Groups groups = new Groups();
    private final Jobs jobs = new Jobs();
    private final Map<RequestKey, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> deadlines = new TreeSet<>(BY_DEADLINE);
    private final Set<Entry> blocked = new LinkedHashSet<>();
    private long now;
    private long lastTicket;
    private long moves;

    State(InstantSource clock) {
        this.clock = clock;
    }

    /** Once for each call, before it changes anything: a clock may throw. */
    void readClock() {
        now = clock.millis();
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
        for (Entry entry = job == null ? null : job.newestOf(owner); entry != null; entry = entry.nextOfOwner) {
            keys.add(entry.key());
        }
        return List.copyOf(keys);
    }

    Set<Owner> owners() {
        return entries.values().stream().map(Entry::owner).collect(Collectors.toUnmodifiableSet());
    }

    /** Tickets grow over restarts too, as they follow the clock where that runs faster than requests come in. */
    long nextTicket() {
        lastTicket = Math.max(lastTicket + 1, now);
        return lastTicket;
    }

    void sawTicket(long ticket) {
        lastTicket = Math.max(lastTicket, ticket);
    }

    Entry entry(RequestKey key) {
        return entries.get(key);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** A group that is kept from now on. */
    Group group(GroupKey key) {
        Group group = groups.knownOrNew(key);
        groups.keep(group);
        return group;
    }

    /** The groups of which it takes nothing, as a lease around it has them. */
    List<Group> nested(Entry entry) {
        Nesting nesting = entry.nesting();
        return nesting.nested().stream()
                .filter(group -> nesting.within().stream()
                        .map(this::entry)
                        .anyMatch(lease -> lease != null && lease.heldOf(group) != null))
                .toList();
    }

    void add(Entry entry) {
        entries.put(entry.key(), entry);
        if (entry.job().isEmpty()) {
            jobs.keep(entry.job());
        }
        entry.job().add(entry);
        for (Share share : entry.shares()) {
            if (share.group().isIdle()) {
                groups.keep(share.group());
            }
            share.group().join(entry, share);
        }
        entry.nesting().nested().forEach(group -> group.inner().add(entry));
    }

    void remove(Entry entry) {
        entries.remove(entry.key());
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
    TreeSet<Entry> deadlines() {
        return deadlines;
    }

    /** The waiting requests for which others may have to wait: what they hold, or what encloses them, does not end. */
    Set<Entry> blocked() {
        return blocked;
    }

    void lineUp(Entry entry, Group group) {
        group.lineUp(entry);
        entry.setWaitingIn(group);
        if (entry.hasDeadline()) {
            deadlines.add(entry);
        }
        if (!entry.held().isEmpty() || entry.nesting().keepsAny()) {
            blocked.add(entry);
        }
    }

    void stepOut(Entry entry) {
        entry.waitingIn().stepOut(entry);
        forgetWaiting(entry);
    }

    void move(Entry entry, boolean toFront) {
        WaitQueue queue = entry.waitingIn().queue();
        queue.remove(entry);
        moves++;
        entry.setLevel(entry.level().moved(toFront ? moves : -moves));
        queue.add(entry);
    }

    Entry serveHead(Group group) {
        Entry head = group.serveHead();
        forgetWaiting(head);
        return head;
    }

    private void forgetWaiting(Entry entry) {
        entry.setWaitingIn(null);
        if (entry.hasDeadline()) {
            deadlines.remove(entry);
        }
        blocked.remove(entry);
    }

    /**
     * Gives the groups and jobs below {@code from} their new names; one whose name is taken keeps its old one.
     *
     * @return whom that concerns
     */
    Set<Entry> relocate(String from, String to) {
        Set<Entry> concerned = new LinkedHashSet<>();
        for (Group group : groups.relocate(from, to)) {
            concerned.addAll(group.claimants());
            group.inner().stream()
                    .filter(entry -> nested(entry).contains(group))
                    .forEach(concerned::add);
        }
        jobs.relocate(from, to).forEach(job -> concerned.addAll(job.entries()));
        return concerned;
    }
}
