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
    private final Map<GroupKey, Group> groups = new HashMap<>();
    private final Map<RequestKey, Entry> entries = new HashMap<>();
    private final Map<String, Job> jobs = new HashMap<>();
    private final TreeSet<Entry> deadlines = new TreeSet<>(BY_DEADLINE);
    private final Set<Entry> blocked = new LinkedHashSet<>();
    private long lastTicket;
    private long moves;

    State(InstantSource clock) {
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    List<RequestKey> requestsOf(Owner owner) {
        List<RequestKey> keys = new ArrayList<>(2);
        Job job = job(owner.job());
        for (Entry entry = job == null ? null : job.newestOf(owner); entry != null; entry = entry.nextOfOwner) {
            keys.add(entry.key());
        }
        return List.copyOf(keys);
    }

    Set<Owner> owners() {
        return entries.values().stream().map(Entry::owner).collect(Collectors.toUnmodifiableSet());
    }

    List<RequestKey> requestsIn(String fullName) {
        return entries.values().stream()
                .filter(entry -> Paths.isWithin(entry.job().name(), fullName))
                .map(Entry::key)
                .toList();
    }

    /** Tickets grow over restarts too, as they follow the clock where that runs faster than requests come in. */
    long nextTicket() {
        lastTicket = Math.max(lastTicket + 1, now());
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

    /** A job that has live requests, or null. */
    Job job(String name) {
        return jobs.get(name);
    }

    Job jobOf(Owner owner) {
        return jobs.computeIfAbsent(owner.job(), Job::new);
    }

    Collection<Group> groups() {
        return groups.values();
    }

    List<Group> sortedGroups() {
        return groups.values().stream().sorted(Comparator.comparing(Group::key)).toList();
    }

    /** A group that is declared, decided on or in use, or null. */
    Group known(GroupKey key) {
        return groups.get(key);
    }

    Group group(GroupKey key) {
        return groups.computeIfAbsent(key, Group::new);
    }

    void add(Entry entry) {
        entries.put(entry.key(), entry);
        entry.job().add(entry);
        for (Share share : entry.shares()) {
            share.group().join(entry, share);
        }
    }

    void remove(Entry entry) {
        entries.remove(entry.key());
        Job job = entry.job();
        for (Share share : entry.shares()) {
            share.group().quit(entry, share);
            forgetIfIdle(share.group());
        }
        job.remove(entry);
        if (job.isEmpty()) {
            jobs.remove(job.name(), job);
        }
    }

    void forgetIfIdle(Group group) {
        if (group.isIdle()) {
            groups.remove(group.key(), group);
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
        if (!entry.held().isEmpty() || !entry.nesting().within().isEmpty()) {
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

    /** Gives the groups and jobs below {@code from} their new names; one whose name is taken keeps its old one. */
    void relocate(String from, String to) {
        Map<GroupKey, GroupKey> names = new HashMap<>();
        for (Group group : sortedGroups()) {
            GroupKey moved = group.key().relocated(from, to);
            if (!moved.equals(group.key()) && groups.putIfAbsent(moved, group) == null) {
                names.put(group.key(), moved);
                groups.remove(group.key());
                group.rename(moved);
            }
        }
        groups.values().forEach(group -> group.limit().renameParent(names));
        for (Job job : Set.copyOf(jobs.values())) {
            String moved = Paths.relocated(job.name(), from, to);
            if (!moved.equals(job.name()) && jobs.putIfAbsent(moved, job) == null) {
                jobs.remove(job.name());
                job.rename(moved);
            }
        }
    }
}
