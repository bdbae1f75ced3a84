package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;

/** A person moves a waiting request in the queue of the group that it waits in. */
final class HandMove {
    private final Change change;

    HandMove(Change change) {
        this.change = change;
    }

    void move(LiveRequest live, Direction direction) {
        WaitQueue queue = live.waitingIn().queue();
        switch (direction) {
            case TOP -> change.move(live, true);
            case BOTTOM -> change.move(live, false);
            case UP -> up(live, queue);
            case DOWN -> {
                LiveRequest next = queue.at(queue.indexOf(live) + 1);
                if (next != null) {
                    up(next, queue);
                }
            }
        }
    }

    /**
     * Those who come before it go to the front too, in their order, so that what a person saw is what a person gets: whoever
     * comes later, with whatever priority, comes behind them.
     */
    private void up(LiveRequest live, WaitQueue queue) {
        if (queue.indexOf(live) >= Engine.FARTHEST_STEP) {
            return;
        }
        List<LiveRequest> front = new ArrayList<>();
        queue.visit(0, before -> before != live && front.add(before));
        if (!front.isEmpty()) {
            front.add(front.size() - 1, live);
            for (int place = front.size() - 1; place >= 0; place--) {
                change.move(front.get(place), true);
            }
        }
    }
}
