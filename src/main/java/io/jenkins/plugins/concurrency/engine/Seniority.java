package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Requests of several jobs, in one order within each job: the first of each stands for it, and of these the one with the
 * lowest ticket goes first.
 */
final class Seniority {
    private static final class OfJob {
        final IndexedSet<LiveRequest> requests;

        OfJob(Comparator<LiveRequest> order) {
            requests = new IndexedSet<>(order);
        }
    }

    private final Comparator<LiveRequest> within;
    private final Map<Job, OfJob> byJob = new HashMap<>(2);
    private final TreeSet<OfJob> jobs =
            new TreeSet<>(Comparator.comparing(job -> job.requests.first(), LiveRequest.BY_TICKET));

    private int size;

    Seniority(Comparator<LiveRequest> within) {
        this.within = within;
    }

    void add(LiveRequest live) {
        OfJob job = byJob.get(live.job());
        if (job == null) {
            job = new OfJob(within);
            byJob.put(live.job(), job);
        } else {
            jobs.remove(job);
        }
        job.requests.add(live);
        jobs.add(job);
        size++;
    }

    void remove(LiveRequest live) {
        OfJob job = byJob.get(live.job());
        size--;
        jobs.remove(job);
        job.requests.remove(live);
        if (job.requests.size() == 0) {
            byJob.remove(live.job());
        } else {
            jobs.add(job);
        }
    }

    /** Those of other jobs than this one's that come before its ticket; each job's stop at the first that does not. */
    List<LiveRequest> othersBefore(LiveRequest newcomer) {
        List<LiveRequest> before = new ArrayList<>();
        for (OfJob job : jobs) {
            LiveRequest first = job.requests.first();
            if (first.job() != newcomer.job()) {
                if (!newcomer.isNewerThan(first)) {
                    break;
                }
                job.requests.visit(0, live -> newcomer.isNewerThan(live) && before.add(live));
            }
        }
        return before;
    }

    /** The first one of another job than this one's, if it comes before its ticket; or null. */
    LiveRequest firstOtherBefore(LiveRequest newcomer) {
        for (OfJob job : jobs) {
            LiveRequest first = job.requests.first();
            if (first.job() != newcomer.job()) {
                return newcomer.isNewerThan(first) ? first : null;
            }
        }
        return null;
    }

    /** As many of those older than this one, and of other builds, as are wanted; none if there are not so many. */
    List<LiveRequest> firstBefore(LiveRequest newcomer, long wanted) {
        List<LiveRequest> found = new ArrayList<>(1);
        if (wanted > size) {
            return found;
        }
        /** Where one is in its job. */
        record At(OfJob job, int index) {
            LiveRequest live() {
                return job.requests.get(index);
            }
        }
        PriorityQueue<At> next = new PriorityQueue<>(Comparator.comparing(At::live, LiveRequest.BY_TICKET));
        // Of the first jobs only: to find one, it takes no more than one beside the newcomer's own.
        jobs.stream().limit(wanted + 1).forEach(job -> next.add(new At(job, 0)));
        while (found.size() < wanted && !next.isEmpty()) {
            At at = next.remove();
            if (newcomer.isNewerThan(at.live()) && !newcomer.isLaterBranchThan(at.live())) {
                if (!at.live().isOfSameOwner(newcomer)) {
                    found.add(at.live());
                }
                if (at.index() + 1 < at.job().requests.size()) {
                    next.add(new At(at.job(), at.index() + 1));
                }
            }
        }
        return found.size() < wanted ? List.of() : found;
    }
}
