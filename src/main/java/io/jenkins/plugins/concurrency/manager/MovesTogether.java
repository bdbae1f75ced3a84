package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In which order several requests are moved, so that they keep their order among each other. */
final class MovesTogether {
    private static final Comparator<RequestTarget> BY_PLACE = Comparator.comparingInt(
            target -> target.view().map(RequestView::place).orElse(0));

    private MovesTogether() {}

    /** Those that are to be moved, one after the other: all but those that stand already where they would be moved to. */
    static List<RequestTarget> inOrder(List<RequestTarget> waiting, Direction direction) {
        Map<GroupKey, List<RequestTarget>> groups = new TreeMap<>();
        waiting.forEach(target -> groups.computeIfAbsent(target.waitingIn().orElseThrow(), any -> new ArrayList<>())
                .add(target));
        List<RequestTarget> moves = new ArrayList<>();
        groups.forEach((group, targets) -> {
            boolean lastFirst = direction == Direction.TOP || direction == Direction.DOWN;
            targets.sort(lastFirst ? BY_PLACE.reversed() : BY_PLACE);
            switch (direction) {
                case TOP, BOTTOM -> moves.addAll(targets);
                case UP -> moves.addAll(withoutFirst(targets, 1, 1));
                case DOWN -> moves.addAll(withoutFirst(targets, length(group), -1));
            }
        });
        return moves;
    }

    /** Those who stand at the end of the queue, one beside the other, would only change places. */
    private static List<RequestTarget> withoutFirst(List<RequestTarget> targets, int end, int step) {
        Map<Integer, RequestTarget> byPlace = new HashMap<>();
        targets.forEach(
                target -> byPlace.put(target.view().map(RequestView::place).orElse(0), target));
        List<RequestTarget> moves = new ArrayList<>(targets);
        for (int place = end; byPlace.containsKey(place); place += step) {
            moves.remove(byPlace.get(place));
        }
        return moves;
    }

    private static int length(GroupKey group) {
        return ConcurrencyManager.get()
                .group(group, 0, 0)
                .map(GroupView::waitingCount)
                .orElse(0);
    }
}
