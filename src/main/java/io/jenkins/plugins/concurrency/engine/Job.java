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

    private static long number(LiveRequest live) {
        return number(live.number(), live.isQueueItem());
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

    List<LiveRequest> requests() {
        List<LiveRequest> requests = new ArrayList<>(newest.size());
        for (LiveRequest first : newest) {
            for (LiveRequest live = first; live != null; live = live.nextOfOwner) {
                requests.add(live);
            }
        }
        return requests;
    }

    void add(LiveRequest live) {
        LiveRequest first = newest.put(live);
        live.nextOfOwner = first;
        if (first != null) {
            first.previousOfOwner = live;
        }
    }

    void remove(LiveRequest live) {
        LiveRequest next = live.nextOfOwner;
        if (next != null) {
            next.previousOfOwner = live.previousOfOwner;
        }
        if (live.previousOfOwner != null) {
            live.previousOfOwner.nextOfOwner = next;
        } else if (next != null) {
            newest.put(next);
        } else {
            newest.removeKey(number(live));
        }
        live.nextOfOwner = null;
        live.previousOfOwner = null;
    }

    /** A queue item has become a build, which is of another age. */
    void transfer(LiveRequest live, Owner to) {
        Stage stage = Stage.of(live);
        live.held().forEach(share -> share.group().roster().leave(live, stage, share.slots().length));
        Group waitingIn = live.waitingIn();
        if (waitingIn != null) {
            waitingIn.wentOut(live);
        }
        remove(live);
        live.setOwner(to);
        add(live);
        live.held().forEach(share -> share.group().roster().enter(live, stage, share.slots().length));
        if (waitingIn != null) {
            waitingIn.cameIn(live);
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
