package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Jobs that take turns: the first one is served its lowest ticket and goes to the end. */
final class Rotation {
    /** Those of one job, and when it came to its place: the lower number has its turn first. */
    private static final class Turn {
        final IndexedSet<LiveRequest> waiting = new IndexedSet<>(LiveRequest.BY_TICKET);
        long number;
    }

    private final Map<Job, Turn> jobs = new LinkedHashMap<>();
    private long turns;
    private int size;

    int size() {
        return size;
    }

    LiveRequest head() {
        return jobs.values().iterator().next().waiting.first();
    }

    void add(LiveRequest live) {
        jobs.computeIfAbsent(live.job(), job -> atTheEnd(new Turn())).waiting.add(live);
        size++;
    }

    private Turn atTheEnd(Turn turn) {
        turn.number = ++turns;
        return turn;
    }

    /** Serves the first job. */
    LiveRequest turn() {
        Iterator<Turn> first = jobs.values().iterator();
        Turn turn = first.next();
        first.remove();
        LiveRequest served = turn.waiting.pollFirst();
        if (turn.waiting.size() > 0) {
            jobs.put(served.job(), atTheEnd(turn));
        }
        size--;
        return served;
    }

    void remove(LiveRequest live) {
        Turn turn = jobs.get(live.job());
        turn.waiting.remove(live);
        if (turn.waiting.size() == 0) {
            jobs.remove(live.job());
        }
        size--;
    }

    boolean wouldLead(LiveRequest newcomer) {
        LiveRequest head = head();
        return head.job() == newcomer.job() && LiveRequest.BY_TICKET.compare(newcomer, head) < 0;
    }

    /** The jobs' names, the one whose turn is next first. */
    List<String> inTurn() {
        return jobs.keySet().stream().map(Job::name).toList();
    }

    /** Has the same jobs take turns in this order. */
    void setTurns(List<Job> inOrder) {
        Map<Job, Turn> before = new LinkedHashMap<>(jobs);
        jobs.clear();
        inOrder.forEach(job -> jobs.put(job, atTheEnd(before.remove(job))));
        if (!before.isEmpty()) {
            throw new IllegalArgumentException("Other jobs take turns than the snapshot says.");
        }
    }

    /** How often its job is served before it is. */
    int rounds(LiveRequest live) {
        return jobs.get(live.job()).waiting.indexOf(live);
    }

    /** Of two jobs the one with the lower number has its turn first. */
    long turn(Job job) {
        return jobs.get(job).number;
    }

    /** In O(jobs): each job before this one is served once more than this job is before the request, each after as often. */
    int indexOf(LiveRequest live) {
        int rounds = rounds(live);
        int before = 0;
        int turnsOfEach = rounds + 1;
        for (Map.Entry<Job, Turn> job : jobs.entrySet()) {
            if (job.getKey() == live.job()) {
                turnsOfEach = rounds;
            }
            before += Math.min(turnsOfEach, job.getValue().waiting.size());
        }
        return before;
    }

    /** In O(jobs log n) to find the first one. */
    boolean visit(int from, Predicate<LiveRequest> visitor) {
        int round = roundOf(from);
        int skip = (int) (from - servedBefore(round));
        List<IndexedSet<LiveRequest>> left = new ArrayList<>(jobs.size());
        jobs.values().forEach(turn -> left.add(turn.waiting));
        for (; !left.isEmpty(); round++) {
            int past = round;
            left.removeIf(waiting -> waiting.size() <= past);
            for (IndexedSet<LiveRequest> waiting : left.subList(Math.min(skip, left.size()), left.size())) {
                if (!visitor.test(waiting.get(past))) {
                    return false;
                }
            }
            skip = 0;
        }
        return true;
    }

    /** In which round of turns the one is served that so many are served before, found by halving. */
    private int roundOf(int before) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (servedBefore(middle) <= before) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** How many are served before a round. */
    private long servedBefore(int round) {
        long served = 0;
        for (Turn turn : jobs.values()) {
            served += Math.min(round, turn.waiting.size());
        }
        return served;
    }
}
