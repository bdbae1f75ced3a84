package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** A queue in which the jobs take turns, level by level. */
final class FairQueue implements WaitQueue {
    private final TreeMap<Precedence, Rotation> levels = new TreeMap<>();
    private int size;

    @Override
    public int size() {
        return size;
    }

    @Override
    public LiveRequest head() {
        return levels.isEmpty() ? null : levels.firstEntry().getValue().head();
    }

    @Override
    public void add(LiveRequest live) {
        levels.computeIfAbsent(live.level(), level -> new Rotation()).add(live);
        size++;
    }

    @Override
    public LiveRequest poll() {
        Map.Entry<Precedence, Rotation> first = levels.firstEntry();
        LiveRequest served = first.getValue().turn();
        removed(first.getKey(), first.getValue());
        return served;
    }

    @Override
    public void remove(LiveRequest live) {
        Rotation rotation = levels.get(live.level());
        rotation.remove(live);
        removed(live.level(), rotation);
    }

    private void removed(Precedence level, Rotation rotation) {
        size--;
        if (rotation.size() == 0) {
            levels.remove(level);
        }
    }

    @Override
    public boolean wouldLead(LiveRequest newcomer) {
        if (levels.isEmpty()) {
            return true;
        }
        int comparison = newcomer.level().compareTo(levels.firstKey());
        return comparison < 0
                || comparison == 0 && levels.firstEntry().getValue().wouldLead(newcomer);
    }

    @Override
    public boolean mayReorder() {
        return true;
    }

    @Override
    public int indexOf(LiveRequest live) {
        int higher = levels.headMap(live.level()).values().stream()
                .mapToInt(Rotation::size)
                .sum();
        return higher + levels.get(live.level()).indexOf(live);
    }

    @Override
    public boolean isLast(LiveRequest live) {
        return false;
    }

    /** Where somebody is in the queue: at a level, so many turns of its job later, at that turn. */
    private record Place(Precedence level, int rounds, long turn, LiveRequest live) {}

    @Override
    public List<LiveRequest> inOrder(Collection<LiveRequest> some) {
        return some.stream()
                .map(live -> {
                    Rotation rotation = levels.get(live.level());
                    return new Place(live.level(), rotation.rounds(live), rotation.turn(live.job()), live);
                })
                .sorted(Comparator.comparing(Place::level)
                        .thenComparingInt(Place::rounds)
                        .thenComparingLong(Place::turn))
                .map(Place::live)
                .toList();
    }

    @Override
    public List<EngineSnapshot.Turns> turns() {
        return levels.entrySet().stream()
                .map(level -> new EngineSnapshot.Turns(
                        level.getKey().toSnapshot(), level.getValue().inTurn()))
                .toList();
    }

    @Override
    public void setTurns(List<EngineSnapshot.Turns> turns, Function<String, Job> jobs) {
        for (EngineSnapshot.Turns level : turns) {
            levels.get(Precedence.of(level.level()))
                    .setTurns(level.jobs().stream().map(jobs).toList());
        }
    }

    @Override
    public boolean visit(int from, Predicate<LiveRequest> visitor) {
        int skip = from;
        for (Map.Entry<Precedence, Rotation> level : levels.entrySet()) {
            Rotation rotation = level.getValue();
            if (skip < rotation.size() && !rotation.visit(skip, visitor)) {
                return false;
            }
            skip = Math.max(0, skip - rotation.size());
        }
        return true;
    }
}
