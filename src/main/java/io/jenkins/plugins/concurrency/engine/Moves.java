package io.jenkins.plugins.concurrency.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where people moved requests that wait, or did. */
final class Moves {
    /** Somebody moved a request in the queue of a group. */
    private record Move(Group group, long by) {}

    private final Map<LiveRequest, Move> moved = new HashMap<>();
    private long last;

    long last() {
        return last;
    }

    void saw(long move) {
        last = Math.max(last, move);
    }

    /** @return by how much it is before all that were not moved, or behind them */
    long move(LiveRequest live, Group group, boolean toFront) {
        last++;
        put(live, group, toFront ? last : -last);
        return moved.get(live).by();
    }

    void put(LiveRequest live, Group group, long by) {
        moved.put(live, new Move(group, by));
    }

    void forget(LiveRequest live) {
        moved.remove(live);
    }

    /** The level of one that waits in a group, if nobody moved it, with where somebody did. */
    Precedence level(LiveRequest live, Group group, Precedence plain) {
        Move move = moved.get(live);
        return move != null && move.group() == group ? plain.moved(move.by()) : plain;
    }

    /** Where somebody moved it, if that group is still known. */
    Optional<MovedPlace> place(LiveRequest live, Groups groups) {
        Move move = moved.get(live);
        return move == null || groups.known(move.group().key()) != move.group()
                ? Optional.empty()
                : Optional.of(new MovedPlace(move.group().key(), move.by()));
    }
}
