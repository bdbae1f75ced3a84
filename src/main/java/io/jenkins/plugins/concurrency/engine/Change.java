package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One call of the engine at work.
 *
 * <p>A request takes one claim after the other. Where the next one is not free, its behavior decides who makes room,
 * and if nobody does at once, it lines up in that group's queue and keeps what it has. Whatever frees a slot, or takes
 * somebody out of a queue, marks the group; {@link #settle} then serves the heads of the marked groups' queues until
 * nobody fits.
 */
final class Change {
    private final State state;
    private final boolean gateOpen;
    private final List<Effect> effects = new ArrayList<>();
    private final LimitChanges limits = new LimitChanges(this, effects);
    private final Deque<Group> marked = new ArrayDeque<>(2);
    /** Whether requests may wait for each other although none of them has just lined up. */
    private boolean mayDeadlock;

    Change(State state, boolean gateOpen) {
        this.state = state;
        this.gateOpen = gateOpen;
    }

    /** A request that the engine did not know comes in. */
    void arrive(LiveRequest entry) {
        for (Share share : entry.shares()) {
            limits.announce(entry, share, entry.ticket());
        }
        state.add(entry);
        if (gateOpen) {
            // Its limit counts for those who wait before it counts for itself.
            settle();
            mayDeadlock = false;
            decide(entry);
        } else if (entry.hasAll()) {
            grant(entry, false);
        } else {
            lineUp(entry, entry.next().group());
        }
    }

    /** Takes all a request wants, or does what its behavior says. */
    void decide(LiveRequest entry) {
        if (!entry.behavior().waits()) {
            for (Share share : entry.shares()) {
                if (!admits(entry, share)) {
                    end(entry, refusal(entry.behavior()), share.group(), Optional.empty(), List.of());
                    return;
                }
            }
        }
        advance(entry);
    }

    /** Somebody is gone, however: what it has is free, and who waits behind it moves up. */
    void discard(LiveRequest entry) {
        if (entry.waitingIn() != null) {
            stepOut(entry);
        }
        giveBack(entry, share -> true);
        // Those inside it no longer end because it does, if they live on.
        mayDeadlock |= entry.isLeaving();
        state.remove(entry);
    }

    /** Takes from a request what it has of these groups. Its shares are to be changed, or it is to be removed, after that. */
    void giveBack(LiveRequest entry, Predicate<Share> which) {
        for (Share share : entry.held()) {
            if (which.test(share)) {
                share.group().free(entry, share);
                mark(share.group());
            }
        }
    }

    void stepOut(LiveRequest entry) {
        mark(entry.waitingIn());
        mayDeadlock |= entry.waitingIn().queue().mayReorder();
        state.stepOut(entry);
    }

    /** Ends a request that is not granted. */
    void end(LiveRequest entry, Outcome outcome, Group group, Optional<Owner> by, List<Effect.Blockage> circle) {
        discard(entry);
        effects.add(new Effect.Ended(entry.key(), outcome, group.key(), by, circle));
    }

    /** Gives a waiting request all it wants, free or not. */
    void startNow(LiveRequest entry) {
        boolean over = false;
        stepOut(entry);
        while (!entry.hasAll()) {
            Group group = entry.next().group();
            over |= group.missing(entry.next()) > 0;
            group.take(entry);
        }
        grant(entry, over);
    }

    /** A live request gives its groups another limit, at the time of this ticket. */
    void changeLimit(LiveRequest entry, int limit, long ticket) {
        limits.change(entry, limit, ticket);
    }

    /** Somebody may be served here. */
    void mark(Group group) {
        marked.add(group);
    }

    /** The limit or the queue is not what it was. */
    void changed(Group group) {
        mark(group);
        mayDeadlock = true;
    }

    /** Serves this one if it is its turn in the group that it waits in. */
    void serveIfHead(LiveRequest entry) {
        Group group = entry.waitingIn();
        // Somebody who was served before it may have superseded it meanwhile.
        if (group != null && entry == group.queue().head() && group.fits(entry.next())) {
            serveHead(group);
        }
    }

    /** Serves whoever can be served now, and tells what all of this caused. */
    List<Effect> settle() {
        if (gateOpen) {
            do {
                serveMarked();
            } while (mayDeadlock && breakDeadlock());
        }
        return effects;
    }

    private void serveMarked() {
        while (!marked.isEmpty()) {
            Group group = marked.poll();
            while (group.queue().size() > 0 && group.fits(group.queue().head().next())) {
                serveHead(group);
            }
        }
    }

    private void serveHead(Group group) {
        LiveRequest head = state.serveHead(group);
        group.take(head);
        advance(head);
    }

    /** Ends the newest of those that hold something and wait for each other. */
    private boolean breakDeadlock() {
        Optional<DeadlockDetector.Deadlock> found = DeadlockDetector.any(state);
        found.ifPresent(circle -> {
            LiveRequest newest = circle.newestHolder();
            end(newest, Outcome.DEADLOCK, newest.waitingIn(), Optional.empty(), circle.linksFrom(newest));
        });
        return found.isPresent();
    }

    private void advance(LiveRequest entry) {
        while (!entry.hasAll()) {
            Group group = entry.next().group();
            if (!admits(entry, entry.next()) && !makeRoom(entry, group)) {
                return;
            }
            group.take(entry);
        }
        grant(entry, false);
    }

    private static boolean admits(LiveRequest entry, Share share) {
        entry.setLevel(ClaimResolver.level(entry, share.group()));
        return share.group().admits(entry, share);
    }

    /** Whether the request can have its next share after all; if not, it has lined up or ended. */
    private boolean makeRoom(LiveRequest entry, Group group) {
        Preemption preemption = new Preemption(entry, group);
        Optional<LiveRequest> newer = preemption.newest();
        if (newer.isPresent()) {
            end(entry, Outcome.SUPERSEDED, group, newer.map(LiveRequest::owner), List.of());
            return false;
        }
        for (LiveRequest waiting : preemption.superseded()) {
            end(waiting, Outcome.SUPERSEDED, group, Optional.of(entry.owner()), List.of());
        }
        if (group.admits(entry, entry.next())) {
            return true;
        }
        if (!group.isFull(entry) || overflow(entry, group, preemption)) {
            // If others may be in a circle already, that one is to be broken first, not to be blamed on this one.
            boolean mayBlame = !mayDeadlock;
            lineUp(entry, group);
            List<LiveRequest> cancelled = preemption.cancel();
            conclude(entry, group, cancelled, mayBlame ? DeadlockDetector.closedBy(entry, state) : Optional.empty());
        }
        return false;
    }

    /** Tells these to leave for the sake of one that has lined up, unless it closes a circle that they do not open. */
    private void conclude(
            LiveRequest entry, Group group, List<LiveRequest> cancelled, Optional<DeadlockDetector.Deadlock> closed) {
        if (closed.isEmpty()) {
            cancelled.forEach(
                    running -> effects.add(new Effect.CancelRunning(running.key(), group.key(), entry.owner())));
        } else {
            cancelled.forEach(running -> running.setLeaving(false));
            end(entry, Outcome.DEADLOCK, group, Optional.empty(), closed.get().links());
        }
    }

    /** Whether others left the full queue to the newcomer; if not, the newcomer has ended. */
    private boolean overflow(LiveRequest entry, Group group, Preemption preemption) {
        Overflow overflow = group.overflow();
        List<LiveRequest> oldest = overflow == Overflow.DISPLACE_OLDEST ? preemption.displaced() : List.of();
        if (!oldest.isEmpty()) {
            oldest.forEach(waiting -> end(waiting, Outcome.DISPLACED, group, Optional.of(entry.owner()), List.of()));
            return true;
        }
        Outcome outcome = overflow == Overflow.FAIL ? Outcome.QUEUE_FULL_FAILED : Outcome.QUEUE_FULL_CANCELLED;
        end(entry, outcome, group, Optional.empty(), List.of());
        return false;
    }

    private void lineUp(LiveRequest entry, Group group) {
        lineUp(entry, group, null);
    }

    /** @param before where it waited until now, or null */
    void lineUp(LiveRequest entry, Group group, Group before) {
        state.lineUp(entry, group);
        mayDeadlock |= group.queue().mayReorder();
        if (group != before) {
            effects.add(new Effect.Queued(entry.key(), entry.ticket(), group.key()));
        }
    }

    /** Goes on with waiting requests whose claims have changed, in this order as far as their groups' orders allow. */
    void resume(List<LiveRequest> changed) {
        if (gateOpen) {
            for (LiveRequest entry : changed) {
                if (entry.waitingIn() != null) {
                    serveIfHead(entry);
                } else if (state.entry(entry.key()) == entry && !entry.isRunning()) {
                    grant(entry, false);
                }
            }
        }
    }

    private void grant(LiveRequest entry, boolean overLimit) {
        entry.run(state.now());
        if (overLimit) {
            entry.startOverLimit();
        }
        effects.add(new Effect.Granted(
                entry.key(),
                entry.ticket(),
                grants(entry),
                state.nested(entry).stream().map(Group::key).toList(),
                Duration.ofMillis(Math.max(0, entry.runningSince() - entry.since())),
                overLimit));
    }

    private static List<Grant> grants(LiveRequest entry) {
        List<Grant> grants = new ArrayList<>(entry.held().size());
        for (Share share : entry.held()) {
            grants.add(new Grant(share.group().key(), share.slotNumbers(), share.isExclusive()));
        }
        return grants;
    }

    /** Puts a waiting request before or behind all others of the group that it waits in. */
    void move(LiveRequest entry, boolean toFront) {
        effects.add(new Effect.Moved(entry.key(), state.move(entry, toFront)));
        changed(entry.waitingIn());
    }

    private static Outcome refusal(Behavior behavior) {
        return switch (behavior) {
            case FAIL -> Outcome.FAILED;
            case SKIP -> Outcome.SKIPPED;
            default -> Outcome.CANCELLED;
        };
    }
}
