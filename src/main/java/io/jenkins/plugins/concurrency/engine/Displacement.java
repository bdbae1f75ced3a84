package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom a newcomer may have end because they stand in its way in one group; never one that is newer than itself. */
final class Displacement {
    private final Entry newcomer;
    private final Group group;

    Displacement(Entry newcomer, Group group) {
        this.newcomer = newcomer;
        this.group = group;
    }

    /** Those who wait here, and those who have slots here while they wait elsewhere. */
    List<Entry> superseded() {
        if (!newcomer.behavior().supersedesWaiting()) {
            return List.of();
        }
        List<Entry> superseded = new ArrayList<>();
        group.members(newcomer.job()).forEach(entry -> addIfInTheWay(entry, superseded));
        for (Entry entry : group.consenting()) {
            if (entry.job() != newcomer.job()) {
                addIfInTheWay(entry, superseded);
            }
        }
        superseded.sort(Entry.BY_TICKET);
        return superseded;
    }

    private void addIfInTheWay(Entry entry, List<Entry> superseded) {
        boolean here = entry.waitingIn() == group || entry.heldOf(group) != null;
        if (here && !entry.isRunning() && isBefore(entry)) {
            superseded.add(entry);
        }
    }

    /** The oldest of those who run, and no more than it takes: those who were told to leave already count as gone. */
    List<Entry> cancelled() {
        List<Entry> cancelled = new ArrayList<>(1);
        if (newcomer.behavior() == Behavior.CANCEL_RUNNING) {
            long missing = group.missing(newcomer.next()) + promised();
            for (Entry running : group.holders()) {
                missing -= running.isLeaving() ? slots(running) : 0;
            }
            for (Entry running : group.holders()) {
                if (missing > 0 && isCancellable(running)) {
                    missing -= slots(running);
                    cancelled.add(running);
                }
            }
        }
        return cancelled;
    }

    private int slots(Entry holder) {
        return holder.heldOf(group).slots().length;
    }

    /** How many slots other branches of the newcomer's build already had others cancelled for. */
    private long promised() {
        long slots = 0;
        for (Entry branch = newcomer.job().newestOf(newcomer.owner()); branch != null; branch = branch.nextOfOwner) {
            if (branch != newcomer && branch.waitingIn() == group && branch.behavior() == Behavior.CANCEL_RUNNING) {
                slots += group.needed(branch.next());
            }
        }
        return slots;
    }

    private boolean isCancellable(Entry running) {
        return isBefore(running)
                && running.isRunning()
                && !running.isLeaving()
                && (running.job() == newcomer.job() || running.behavior().consentsWhileRunning());
    }

    private boolean isBefore(Entry entry) {
        return Entry.BY_TICKET.compare(entry, newcomer) < 0 && !entry.isOfSameOwner(newcomer);
    }

    /** Who waits longest in a group, of other builds than the newcomer's. */
    static Optional<Entry> oldestWaiter(Group group, Entry newcomer) {
        List<Entry> oldest = new ArrayList<>(1);
        group.queue().visit(0, entry -> {
            if (!entry.isOfSameOwner(newcomer)
                    && (oldest.isEmpty() || entry.ticket() < oldest.get(0).ticket())) {
                oldest.clear();
                oldest.add(entry);
            }
            return true;
        });
        return oldest.stream().findFirst();
    }
}
