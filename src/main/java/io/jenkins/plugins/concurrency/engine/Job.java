package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A job while it has live requests. Identified by the object, so that a rename touches nothing but the name. */
final class Job {
    /** A build or a queue item of this job. */
    record Number(long value, boolean queueItem) {
        static Number of(Owner owner) {
            return new Number(owner.number(), owner.queueItem());
        }
    }

    /** Of each build and queue item the request that came last, from which a list leads to the others. */
    private final RequestTable newest = new RequestTable(Job::number);

    private final Set<Group> groups = new LinkedHashSet<>(2);
    private String name;

    Job(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void rename(String to) {
        name = to;
    }

    /** The groups on which its requests have claims, kept by {@link Group}. */
    Set<Group> groups() {
        return groups;
    }

    private static long number(LiveRequest entry) {
        return number(entry.number(), entry.isQueueItem());
    }

    private static long number(long value, boolean queueItem) {
        return queueItem ? ~value : value;
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    List<Owner> owners() {
        return newest.stream().map(LiveRequest::owner).toList();
    }

    List<LiveRequest> entries() {
        List<LiveRequest> entries = new ArrayList<>(newest.size());
        for (LiveRequest first : newest) {
            for (LiveRequest entry = first; entry != null; entry = entry.nextOfOwner) {
                entries.add(entry);
            }
        }
        return entries;
    }

    void add(LiveRequest entry) {
        LiveRequest first = newest.put(entry);
        entry.nextOfOwner = first;
        if (first != null) {
            first.previousOfOwner = entry;
        }
    }

    void remove(LiveRequest entry) {
        LiveRequest next = entry.nextOfOwner;
        if (next != null) {
            next.previousOfOwner = entry.previousOfOwner;
        }
        if (entry.previousOfOwner != null) {
            entry.previousOfOwner.nextOfOwner = next;
        } else if (next != null) {
            newest.put(next);
        } else {
            newest.removeKey(number(entry));
        }
        entry.nextOfOwner = null;
        entry.previousOfOwner = null;
    }

    /** A queue item has become a build, which is of another age. */
    void transfer(LiveRequest entry, Owner to) {
        Stage stage = Stage.of(entry);
        entry.held().forEach(share -> share.group().roster().leave(entry, stage, share.slots().length));
        Group waitingIn = entry.waitingIn();
        if (waitingIn != null) {
            waitingIn.wentOut(entry);
        }
        remove(entry);
        entry.setOwner(to);
        add(entry);
        entry.held().forEach(share -> share.group().roster().enter(entry, stage, share.slots().length));
        if (waitingIn != null) {
            waitingIn.cameIn(entry);
        }
    }

    /** The newest live request of a build, from which {@code nextOfOwner} leads to the others; or null. */
    LiveRequest newestOf(Owner owner) {
        return newest.get(number(owner.number(), owner.queueItem()));
    }

    @Override
    public String toString() {
        return name;
    }
}
