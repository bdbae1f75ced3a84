package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** Whom a newcomer may have end because they stand in its way in one group; never one that is newer than itself. */
final class Displacement {
    private final Entry newcomer;
    private final Group group;

    Displacement(Entry newcomer, Group group) {
        this.newcomer = newcomer;
        this.group = group;
    }

    /** The newest of those of its own job that are newer than itself, for whose sake it has to end. */
    Optional<Entry> newest() {
        Entry newest = newcomer;
        // Before a restart its behavior has done its work already.
        if (newcomer.behavior().supersedesWaiting() && !newcomer.isPutBack()) {
            for (Entry entry : group.members(newcomer.job())) {
                if (isHere(entry) && !entry.isOfSameOwner(newcomer) && entry.isNewerThan(newest)) {
                    newest = entry;
                }
            }
        }
        return newest == newcomer ? Optional.empty() : Optional.of(newest);
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
        if (isHere(entry) && !entry.isRunning() && isOlder(entry)) {
            superseded.add(entry);
        }
    }

    private boolean isHere(Entry entry) {
        return entry.waitingIn() == group || entry.heldOf(group) != null;
    }

    /** The oldest of those who run, and no more than it takes: those who were told to leave already count as gone. */
    List<Entry> cancelled() {
        List<Entry> cancelled = new ArrayList<>(1);
        if (newcomer.behavior() == Behavior.CANCEL_RUNNING) {
            long missing = group.missing(newcomer.next()) + promised();
            for (Entry running : group.holders()) {
                missing -= running.isLeaving() ? slots(running) : 0;
            }
            if (missing > 0) {
                for (Entry running : cancellable()) {
                    if (missing > 0) {
                        missing -= slots(running);
                        cancelled.add(running);
                    }
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

    /** The oldest first: by ticket, but where it is the turn of a job, the oldest of its builds. */
    private List<Entry> cancellable() {
        List<Entry> byTicket =
                group.holders().stream().filter(this::isCancellable).collect(Collectors.toCollection(ArrayList::new));
        Map<Job, PriorityQueue<Entry>> byJob = new HashMap<>();
        for (Entry entry : byTicket) {
            byJob.computeIfAbsent(entry.job(), job -> new PriorityQueue<>(Entry.BY_AGE_IN_JOB))
                    .add(entry);
        }
        byTicket.replaceAll(entry -> byJob.get(entry.job()).remove());
        return byTicket;
    }

    private boolean isCancellable(Entry running) {
        return isOlder(running)
                && running.isRunning()
                && !running.isLeaving()
                && (running.job() == newcomer.job() || running.behavior().consentsWhileRunning());
    }

    private boolean isOlder(Entry entry) {
        return newcomer.isNewerThan(entry) && !entry.isOfSameOwner(newcomer);
    }

    /** Who is the oldest of those who wait here. */
    Optional<Entry> oldestWaiter() {
        Entry first = firstWaiter(Entry.BY_TICKET, null);
        return first == null ? Optional.empty() : Optional.of(firstWaiter(Entry.BY_AGE_IN_JOB, first.job()));
    }

    /** The first one in an order, of one job, or of any if that is null. */
    private Entry firstWaiter(Comparator<Entry> order, Job job) {
        Entry[] first = {null};
        group.queue().visit(0, entry -> {
            if ((job == null || entry.job() == job)
                    && isOlder(entry)
                    && (first[0] == null || order.compare(entry, first[0]) < 0)) {
                first[0] = entry;
            }
            return true;
        });
        return first[0];
    }
}
