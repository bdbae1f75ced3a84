package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The requests of one job that have a claim on one group: all of them as a list through their shares, as there may be very
 * many, and those that wait or hold something there by stage, the oldest build first.
 */
final class Members {
    private Share newest;
    // Each is there only while somebody is in it.
    private IndexedSet<LiveRequest> queued;
    private IndexedSet<LiveRequest> holding;
    private IndexedSet<LiveRequest> running;
    private IndexedSet<LiveRequest> leaving;
    /** For each build, how many of those wait that had others cancelled, by how many slots they want. Null if none does. */
    private Map<Job.Number, Map<Integer, Integer>> promised;

    boolean isEmpty() {
        return newest == null;
    }

    void add(Share share) {
        share.older = newest;
        if (newest != null) {
            newest.newer = share;
        }
        newest = share;
    }

    void remove(Share share) {
        if (share.older != null) {
            share.older.newer = share.newer;
        }
        if (share.newer != null) {
            share.newer.older = share.older;
        } else {
            newest = share.older;
        }
    }

    void forEach(Consumer<LiveRequest> visitor) {
        for (Share share = newest; share != null; share = share.older) {
            visitor.accept(share.live());
        }
    }

    void enter(LiveRequest live, Stage stage) {
        IndexedSet<LiveRequest> there = at(stage);
        if (there == null) {
            there = new IndexedSet<>(LiveRequest.BY_AGE_IN_JOB);
            set(stage, there);
        }
        there.add(live);
        if (stage == Stage.QUEUED && live.behavior() == Behavior.CANCEL_RUNNING) {
            promise(live, 1);
        }
    }

    void leave(LiveRequest live, Stage stage) {
        IndexedSet<LiveRequest> there = at(stage);
        there.remove(live);
        if (there.size() == 0) {
            set(stage, null);
        }
        if (stage == Stage.QUEUED && live.behavior() == Behavior.CANCEL_RUNNING) {
            promise(live, -1);
        }
    }

    private IndexedSet<LiveRequest> at(Stage stage) {
        return switch (stage) {
            case QUEUED -> queued;
            case HOLDING -> holding;
            case RUNNING -> running;
            case LEAVING -> leaving;
        };
    }

    private void set(Stage stage, IndexedSet<LiveRequest> to) {
        switch (stage) {
            case QUEUED -> queued = to;
            case HOLDING -> holding = to;
            case RUNNING -> running = to;
            case LEAVING -> leaving = to;
        }
    }

    private void promise(LiveRequest live, int count) {
        Job.Number owner = Job.Number.of(live.owner());
        promised = promised == null ? new HashMap<>() : promised;
        Map<Integer, Integer> wanted = promised.computeIfAbsent(owner, any -> new HashMap<>());
        wanted.merge(live.next().wanted(), count, (one, other) -> one + other == 0 ? null : one + other);
        if (wanted.isEmpty()) {
            promised.remove(owner);
            promised = promised.isEmpty() ? null : promised;
        }
    }

    /** How many slots, of at most this limit, the waiting requests of this one's build have others cancelled for. */
    long promised(LiveRequest of, int limit) {
        Map<Integer, Integer> wanted =
                promised == null ? Map.of() : promised.getOrDefault(Job.Number.of(of.owner()), Map.of());
        long slots = 0;
        for (Map.Entry<Integer, Integer> each : wanted.entrySet()) {
            slots += (long) Math.min(each.getKey(), limit) * each.getValue();
        }
        return slots;
    }

    /** The newest one of those newer than this one that are here, of another build than its own; or null. */
    LiveRequest newestAfter(LiveRequest newcomer) {
        LiveRequest newestYet = newcomer;
        for (Stage stage : Stage.values()) {
            IndexedSet<LiveRequest> there = at(stage);
            for (int i = there == null ? -1 : there.size() - 1; i >= 0; i--) {
                LiveRequest live = there.get(i);
                if (!live.isNewerThan(newestYet)) {
                    break;
                }
                if (!live.isOfSameOwner(newcomer)) {
                    newestYet = live;
                    break;
                }
            }
        }
        return newestYet == newcomer ? null : newestYet;
    }

    /** Those older than this one that wait, here or with a share of this group elsewhere. */
    List<LiveRequest> waitingBefore(LiveRequest newcomer) {
        List<LiveRequest> waiting = new ArrayList<>();
        before(newcomer, Stage.QUEUED, waiting::add);
        before(newcomer, Stage.HOLDING, waiting::add);
        return waiting;
    }

    /** The oldest of those older than this one that run and were not told to end; or null. */
    LiveRequest oldestRunningBefore(LiveRequest newcomer) {
        LiveRequest[] oldest = {null};
        before(newcomer, Stage.RUNNING, live -> {
            oldest[0] = live;
            return false;
        });
        return oldest[0];
    }

    private void before(LiveRequest newcomer, Stage stage, Predicate<LiveRequest> visitor) {
        IndexedSet<LiveRequest> there = at(stage);
        if (there != null) {
            there.visit(0, live -> {
                if (!newcomer.isNewerThan(live) || newcomer.isLaterBranchThan(live)) {
                    return false;
                }
                return live.isOfSameOwner(newcomer) || visitor.test(live);
            });
        }
    }
}
