package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * While it is closed, what was before a restart is put back, and nothing is granted.
 *
 * <p>Who waited before goes on waiting: its behavior has done its work already. Newcomers line up for now, and are
 * treated as if they had just come once the others have what is theirs; one that asks again comes in its old place.
 */
final class StartupBarrier {
    private final TreeSet<LiveRequest> newcomers = new TreeSet<>(LiveRequest.BY_TICKET);
    private boolean open;

    StartupBarrier(boolean open) {
        this.open = open;
    }

    boolean isOpen() {
        return open;
    }

    void holdBack(LiveRequest newcomer) {
        if (!open && !newcomer.hasAll()) {
            newcomers.add(newcomer);
        }
    }

    void release(LiveRequest newcomer) {
        newcomers.remove(newcomer);
    }

    List<Effect> open(State state) {
        open = true;
        // Those that needed nothing any more, as their groups were given other parents, were granted.
        newcomers.removeIf(LiveRequest::isRunning);
        newcomers.forEach(state::stepOut);
        // They were put back in whatever order the builds reported.
        state.groups().all().forEach(Group::lineUpAnew);
        Change restored = new Change(state, true);
        serve(state, restored);
        List<Effect> effects = new ArrayList<>(restored.settle());
        while (!newcomers.isEmpty()) {
            Change newcomer = new Change(state, true);
            newcomer.decide(newcomers.pollFirst());
            effects.addAll(newcomer.settle());
        }
        return List.copyOf(effects);
    }

    /**
     * Serves all who wait, in ticket order as far as their groups' orders allow, and decides on those newcomers that come
     * before the last of them.
     */
    private void serve(State state, Change change) {
        // This comes first, as a circle may have been put back, which is not to be blamed on whoever is served now.
        state.groups().all().forEach(change::changed);
        TreeSet<LiveRequest> inOrder = new TreeSet<>(LiveRequest.BY_TICKET);
        state.requests().stream()
                .filter(live -> !live.isRunning() && !newcomers.contains(live))
                .forEach(inOrder::add);
        Set<LiveRequest> early = inOrder.isEmpty() ? Set.of() : new HashSet<>(newcomers.headSet(inOrder.last()));
        newcomers.removeAll(early);
        inOrder.addAll(early);
        for (LiveRequest live : inOrder) {
            if (early.contains(live)) {
                change.decide(live);
            } else {
                change.resume(live);
            }
        }
    }
}
