package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    public void add(LiveRequest entry) {
        levels.computeIfAbsent(entry.level(), level -> new Rotation()).add(entry);
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
    public void remove(LiveRequest entry) {
        Rotation rotation = levels.get(entry.level());
        rotation.remove(entry);
        removed(entry.level(), rotation);
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
    public int indexOf(LiveRequest entry) {
        int higher = levels.headMap(entry.level()).values().stream()
                .mapToInt(Rotation::size)
                .sum();
        return higher + levels.get(entry.level()).indexOf(entry);
    }

    @Override
    public boolean isLast(LiveRequest entry) {
        return false;
    }

    /** Where somebody is in the queue: at a level, so many turns of its job later, at that turn. */
    private record Place(Precedence level, int rounds, long turn, LiveRequest entry) {}

    @Override
    public List<LiveRequest> inOrder(Collection<LiveRequest> some) {
        return some.stream()
                .map(entry -> {
                    Rotation rotation = levels.get(entry.level());
                    return new Place(entry.level(), rotation.rounds(entry), rotation.turn(entry.job()), entry);
                })
                .sorted(Comparator.comparing(Place::level)
                        .thenComparingInt(Place::rounds)
                        .thenComparingLong(Place::turn))
                .map(Place::entry)
                .toList();
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
