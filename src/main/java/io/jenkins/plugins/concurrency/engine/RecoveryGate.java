package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * While it is closed, what was before a restart is put back, and nothing is granted.
 *
 * <p>Who waited before goes on waiting: its behavior has done its work already. Newcomers line up for now, and are
 * treated as if they had just come once the others have what is theirs.
 */
final class RecoveryGate {
    private final TreeSet<Entry> newcomers = new TreeSet<>(Entry.BY_TICKET);
    private boolean open;

    RecoveryGate(boolean open) {
        this.open = open;
    }

    boolean isOpen() {
        return open;
    }

    void hold(Entry newcomer) {
        newcomers.add(newcomer);
    }

    void release(Entry newcomer) {
        newcomers.remove(newcomer);
    }

    List<Effect> open(State state) {
        open = true;
        newcomers.forEach(state::stepOut);
        // They were put back in whatever order the builds reported.
        state.groups().all().forEach(Group::lineUpAnew);
        Change restored = new Change(state, true);
        restored.serveAll();
        List<Effect> effects = new ArrayList<>(restored.settle());
        while (!newcomers.isEmpty()) {
            Change newcomer = new Change(state, true);
            newcomer.decide(newcomers.pollFirst());
            effects.addAll(newcomer.settle());
        }
        return List.copyOf(effects);
    }
}
