package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

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

    /**
     * The oldest of those who run, and no more than it takes: those who were told to leave already count as gone. Who has
     * the whole group, as a person started it beside others or others beside it, is in the way of everybody.
     */
    List<Entry> cancelled() {
        List<Entry> cancelled = new ArrayList<>(1);
        if (newcomer.behavior() != Behavior.CANCEL_RUNNING || group.isPaused()) {
            return cancelled;
        }
        long missing = missing();
        Stream<Entry> running =
                group.holders().stream().filter(Entry::isRunning).filter(entry -> !entry.isLeaving());
        for (Entry entry : oldestFirst(running.filter(this::mayCancel))) {
            boolean whole = entry.heldOf(group).isExclusive();
            if (missing > 0 || whole) {
                missing -= whole && !newcomer.next().isExclusive() ? 0 : slots(entry);
                cancelled.add(entry);
            }
        }
        return cancelled;
    }

    /** How many slots have to come free beside those that leave with whoever has the whole group. */
    private long missing() {
        boolean wantsAll = newcomer.next().isExclusive();
        long used = 0;
        for (Entry holder : group.holders()) {
            boolean leaves =
                    holder.isLeaving() || !wantsAll && holder.heldOf(group).isExclusive();
            used += leaves ? 0 : slots(holder);
        }
        long room = wantsAll ? 0 : group.limit().value() - group.needed(newcomer.next());
        return used + promised() - room;
    }

    private boolean mayCancel(Entry running) {
        return running.job() == newcomer.job() || running.behavior().consentsWhileRunning();
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

    private boolean isOlder(Entry entry) {
        return newcomer.isNewerThan(entry) && !entry.isOfSameOwner(newcomer);
    }

    /** The oldest of those who wait here, as many as have to go if the newcomer is to wait; none if that are too few. */
    List<Entry> displaced() {
        long surplus = group.surplus(newcomer);
        List<Entry> waiting = new ArrayList<>();
        group.queue().visit(0, waiting::add);
        List<Entry> oldest =
                oldestFirst(waiting.stream()).stream().limit(surplus).toList();
        return oldest.size() < surplus ? List.of() : oldest;
    }

    /** Those that are older than the newcomer: time and again, of the job of the lowest ticket, the oldest build. */
    private List<Entry> oldestFirst(Stream<Entry> candidates) {
        Map<Job, TreeSet<Entry>> byAge = new HashMap<>();
        TreeSet<Entry> byTicket = new TreeSet<>(Entry.BY_TICKET);
        candidates.filter(this::isOlder).forEach(entry -> {
            byTicket.add(entry);
            byAge.computeIfAbsent(entry.job(), job -> new TreeSet<>(Entry.BY_AGE_IN_JOB))
                    .add(entry);
        });
        List<Entry> sorted = new ArrayList<>();
        while (!byTicket.isEmpty()) {
            Entry oldest = byAge.get(byTicket.first().job()).pollFirst();
            byTicket.remove(oldest);
            sorted.add(oldest);
        }
        return sorted;
    }
}
