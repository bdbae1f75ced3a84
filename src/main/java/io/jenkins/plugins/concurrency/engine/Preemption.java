package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom a newcomer may have end because they stand in its way in one group; never one that is newer than itself. */
final class Preemption {
    private final LiveRequest newcomer;
    private final Group group;
    private final Roster roster;

    Preemption(LiveRequest newcomer, Group group) {
        this.newcomer = newcomer;
        this.group = group;
        this.roster = group.roster();
    }

    /** The newest of those of its own job that are newer than itself, for whose sake it has to end. */
    Optional<LiveRequest> newest() {
        // Before a restart its behavior has done its work already.
        boolean yields = newcomer.behavior().supersedesWaiting() && !newcomer.isPutBack();
        return yields ? Optional.ofNullable(roster.of(newcomer.job()).newestAfter(newcomer)) : Optional.empty();
    }

    /** Those who wait here, and those who have slots here while they wait elsewhere. */
    List<LiveRequest> superseded() {
        if (!newcomer.behavior().supersedesWaiting()) {
            return List.of();
        }
        List<LiveRequest> superseded = roster.supersededBy(newcomer);
        superseded.sort(LiveRequest.BY_TICKET);
        return superseded;
    }

    /**
     * Tells the oldest of those who run to leave, and no more than it takes: those who were told before already count as
     * gone. Who has the whole group, as a person started it beside others or others beside it, is in everybody's way.
     *
     * @return whom it told
     */
    List<LiveRequest> cancel() {
        List<LiveRequest> cancelled = new ArrayList<>(1);
        if (newcomer.behavior() == Behavior.CANCEL_RUNNING && !group.isPaused()) {
            boolean wantsAll = newcomer.next().isExclusive();
            if (!wantsAll) {
                group.exclusiveHolders().stream()
                        .filter(this::mayCancel)
                        .sorted(LiveRequest.BY_TICKET)
                        .toList()
                        .forEach(holder -> tell(holder, cancelled));
            }
            long missing = missing(wantsAll);
            LiveRequest oldest = roster.oldestCancellable(newcomer);
            while (missing > 0 && oldest != null) {
                missing -= oldest.heldOf(group).slots().length;
                tell(oldest, cancelled);
                oldest = roster.oldestCancellable(newcomer);
            }
        }
        return cancelled;
    }

    private static void tell(LiveRequest running, List<LiveRequest> cancelled) {
        running.setLeaving(true);
        cancelled.add(running);
    }

    private boolean mayCancel(LiveRequest holder) {
        return Stage.of(holder) == Stage.RUNNING
                && newcomer.isNewerThan(holder)
                && !holder.isOfSameOwner(newcomer)
                && (holder.job() == newcomer.job() || holder.behavior().consentsWhileRunning());
    }

    /** How many slots have to come free beside those that leave with whoever has the whole group. */
    private long missing(boolean wantsAll) {
        long staying = group.used() - roster.leavingSlots();
        int limit = group.limit().value();
        if (!wantsAll) {
            for (LiveRequest holder : group.exclusiveHolders()) {
                staying -= holder.isLeaving() ? 0 : holder.heldOf(group).slots().length;
            }
            staying += group.needed(newcomer.next()) - limit;
        }
        // What its own branches had others cancelled for is theirs; its own share counts as one of these by now.
        long branches = roster.of(newcomer.job()).promised(newcomer, limit) - group.needed(newcomer.next());
        return staying + branches;
    }

    /** The oldest of those who wait here, as many as have to go if the newcomer is to wait; none if that are too few. */
    List<LiveRequest> displaced() {
        return roster.displacedBy(newcomer, group.surplus(newcomer));
    }
}
