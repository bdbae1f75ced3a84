package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be seen of an engine, under the lock that its calls take too.
 *
 * @since 1.0
 */
public abstract sealed class Lookups permits Engine {
    final State state;

    Lookups(State state) {
        this.state = state;
    }

    /**
     * A group with a page of those who run and of those who wait; empty if it is neither declared nor in use.
     *
     * @param from how many of each come before the page; of less than 0, as 0
     * @param count how many of each are on the page; of less than 0, as 0
     */
    public synchronized Optional<GroupView> group(GroupKey key, int from, int count) {
        return Optional.ofNullable(state.groups().known(key))
                .map(group -> Views.of(group, Math.max(0, from), Math.max(0, count)));
    }

    /**
     * All groups that are declared, decided on or in use, in their order. It is made in slices, between which others may
     * call the engine: a group that comes or goes meanwhile may be among them or not.
     */
    public List<GroupKey> groups() {
        List<GroupKey> all = new ArrayList<>();
        List<GroupKey> slice;
        do {
            slice = groupsAfter(all.isEmpty() ? null : all.get(all.size() - 1));
            all.addAll(slice);
        } while (slice.size() == Slices.SIZE);
        return List.copyOf(all);
    }

    private synchronized List<GroupKey> groupsAfter(GroupKey last) {
        return state.groups().after(last, Slices.SIZE);
    }

    /** The groups that the live requests of a job have claims on, in their order. */
    public synchronized List<GroupKey> groupsOf(String job) {
        Job known = state.jobs().known(job);
        return known == null
                ? List.of()
                : known.groups().stream().map(Group::key).sorted().toList();
    }

    /** The groups that a live request has slots of when it runs; the one that it waits in when it does not. */
    public synchronized List<GroupKey> groupsOf(RequestKey key) {
        LiveRequest live = state.find(key);
        if (live == null) {
            return List.of();
        }
        return live.waitingIn() != null
                ? List.of(live.waitingIn().key())
                : live.held().stream().map(share -> share.group().key()).toList();
    }

    /** A live request, seen from the group it waits in. */
    public synchronized Optional<RequestView> find(RequestKey key) {
        return Optional.ofNullable(state.find(key))
                .filter(live -> !live.shares().isEmpty())
                .map(Views::of);
    }

    /** A live request, seen from each of its groups in the order in which it takes them. */
    public synchronized List<RequestView> shares(RequestKey key) {
        LiveRequest live = state.find(key);
        return live == null
                ? List.of()
                : live.shares().stream()
                        .map(share -> Views.of(live, share.group()))
                        .toList();
    }

    /** Whether a request waits or runs. */
    public synchronized boolean isLive(RequestKey key) {
        return state.find(key) != null;
    }

    /** The live requests of a build or a queue item, those that it came to last first. */
    public synchronized List<RequestKey> requestsOf(Owner owner) {
        return state.requestsOf(owner);
    }

    /** The live requests of the builds of a job, or of all jobs in a folder. Made in slices of jobs, as {@link #groups}. */
    public List<RequestKey> requestsIn(String fullName) {
        List<Job> jobs;
        synchronized (this) {
            jobs = state.jobs().in(fullName);
        }
        List<RequestKey> keys = new ArrayList<>();
        Slices.each(jobs, this, job -> job.requests().forEach(live -> keys.add(live.key())));
        return List.copyOf(keys);
    }

    /** The builds and queue items of a job that have live requests. */
    public synchronized List<Owner> ownersOf(String job) {
        Job known = state.jobs().known(job);
        return known == null ? List.of() : known.owners();
    }

    /** Who has live requests. Made in slices of jobs, as {@link #groups}. */
    public Set<Owner> owners() {
        List<Job> jobs;
        synchronized (this) {
            jobs = state.jobs().all();
        }
        Set<Owner> owners = new HashSet<>();
        Slices.each(jobs, this, job -> owners.addAll(job.owners()));
        return Set.copyOf(owners);
    }

    /** How many requests run and wait, each of them once. Made in slices of jobs, as {@link #groups}. */
    public Totals totals() {
        List<Job> jobs;
        synchronized (this) {
            jobs = state.jobs().all();
        }
        Census census = new Census();
        Slices.each(jobs, this, job -> job.requests().forEach(census::add));
        return census.totals();
    }

    /** A number that is another after each call that may have changed something. */
    public synchronized long changes() {
        return state.changes();
    }

    /** When {@link Engine#expire} has something to do. */
    public synchronized Optional<Instant> nextDeadline() {
        return state.deadlines().isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(state.deadlines().first().deadline()));
    }
}
