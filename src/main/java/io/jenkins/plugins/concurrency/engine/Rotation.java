package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Jobs that take turns: the first one is served its lowest ticket and goes to the end. */
final class Rotation {
    private final Map<Job, IndexedSet<Entry>> jobs = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    Entry head() {
        return jobs.values().iterator().next().first();
    }

    void add(Entry entry) {
        jobs.computeIfAbsent(entry.job(), job -> new IndexedSet<>(Entry.BY_TICKET))
                .add(entry);
        size++;
    }

    /** Serves the first job. */
    Entry turn() {
        Iterator<IndexedSet<Entry>> first = jobs.values().iterator();
        IndexedSet<Entry> waiting = first.next();
        first.remove();
        Entry served = waiting.pollFirst();
        if (waiting.size() > 0) {
            jobs.put(served.job(), waiting);
        }
        size--;
        return served;
    }

    void remove(Entry entry) {
        IndexedSet<Entry> waiting = jobs.get(entry.job());
        waiting.remove(entry);
        if (waiting.size() == 0) {
            jobs.remove(entry.job());
        }
        size--;
    }

    boolean wouldLead(Entry newcomer) {
        Entry head = head();
        return head.job() == newcomer.job() && Entry.BY_TICKET.compare(newcomer, head) < 0;
    }

    /** In O(jobs): each job before this one is served once more than this job is before the entry, each after as often. */
    int indexOf(Entry entry) {
        int rounds = jobs.get(entry.job()).indexOf(entry);
        int before = 0;
        int turns = rounds + 1;
        for (Map.Entry<Job, IndexedSet<Entry>> job : jobs.entrySet()) {
            if (job.getKey() == entry.job()) {
                turns = rounds;
            }
            before += Math.min(turns, job.getValue().size());
        }
        return before;
    }

    boolean visit(int from, Predicate<Entry> visitor) {
        int skip = from;
        List<IndexedSet<Entry>> turns = new ArrayList<>(jobs.values());
        for (int round = 0; !turns.isEmpty(); round++) {
            int past = round;
            turns.removeIf(waiting -> waiting.size() <= past);
            if (skip >= turns.size()) {
                skip -= turns.size();
                continue;
            }
            for (IndexedSet<Entry> waiting : turns.subList(skip, turns.size())) {
                if (!visitor.test(waiting.get(past))) {
                    return false;
                }
            }
            skip = 0;
        }
        return true;
    }
}
