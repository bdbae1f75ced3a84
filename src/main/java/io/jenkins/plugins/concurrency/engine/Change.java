package io.jenkins.plugins.concurrency.engine;

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
    void arrive(LiveRequest live) {
        add(live);
        if (gateOpen) {
            // Its limit counts for those who wait before it counts for itself.
            settle();
            mayDeadlock = false;
            decide(live);
        } else {
            enter(live);
        }
    }

    void add(LiveRequest live) {
        live.shares().forEach(share -> limits.announce(live, share, live.ticket()));
        state.add(live);
    }

    /** Has one wait for its first share, without a look whether that is free. */
    void enter(LiveRequest live) {
        if (live.hasAll()) {
            grant(live, false);
        } else {
            lineUp(live, live.next().group());
        }
    }

    /** Takes all a request wants, or does what its behavior says. */
    void decide(LiveRequest live) {
        if (!live.behavior().waits()) {
            for (Share share : live.shares()) {
                if (!admits(live, share)) {
                    end(live, refusal(live.behavior()), share.group(), Optional.empty(), List.of());
                    return;
                }
            }
        }
        advance(live);
    }

    /** Somebody is gone, however: what it has is free, and who waits behind it moves up. */
    void discard(LiveRequest live) {
        if (live.waitingIn() != null) {
            stepOut(live);
        }
        giveBack(live, share -> true);
        // Those inside it no longer end because it does, if they live on.
        mayDeadlock |= live.isLeaving();
        state.remove(live);
    }

    /** Takes from a request what it has of these groups. Its shares are to be changed, or it is to be removed, after that. */
    void giveBack(LiveRequest live, Predicate<Share> which) {
        for (Share share : live.held()) {
            if (which.test(share)) {
                share.group().free(live, share);
                mark(share.group());
            }
        }
    }

    void stepOut(LiveRequest live) {
        mark(live.waitingIn());
        mayDeadlock |= live.waitingIn().queue().mayReorder();
        state.stepOut(live);
    }

    /** Ends a request that is not granted. */
    void end(LiveRequest live, Outcome outcome, Group group, Optional<Owner> by, List<Effect.Blockage> circle) {
        discard(live);
        effects.add(Effects.ended(live, outcome, group, by, state.now(), circle));
    }

    /** Ends a request as whoever made it wants. */
    void leave(LiveRequest live) {
        Group waitedIn = live.waitingIn();
        List<Effect.Left.Part> parts = Effects.parts(live);
        discard(live);
        effects.add(Effects.left(live, parts, waitedIn, state.now()));
    }

    /** Gives a waiting request all it wants, free or not. */
    void startNow(LiveRequest live) {
        boolean over = false;
        stepOut(live);
        while (!live.hasAll()) {
            Group group = live.next().group();
            over |= group.missing(live.next()) > 0;
            group.take(live);
        }
        grant(live, over);
    }

    /** A live request gives its groups another limit, at the time of this ticket. */
    void changeLimit(LiveRequest live, int limit, long ticket) {
        limits.change(live, limit, ticket);
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
    private void serveIfHead(LiveRequest live) {
        Group group = live.waitingIn();
        // Somebody who was served before it may have superseded it meanwhile.
        if (group != null && live == group.queue().head() && group.fits(live.next())) {
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

    private void advance(LiveRequest live) {
        while (!live.hasAll()) {
            Group group = live.next().group();
            if (!admits(live, live.next()) && !makeRoom(live, group)) {
                return;
            }
            group.take(live);
        }
        grant(live, false);
    }

    private boolean admits(LiveRequest live, Share share) {
        live.setLevel(state.level(live, share.group()));
        return share.group().admits(live, share);
    }

    /** Whether the request can have its next share after all; if not, it has lined up or ended. */
    private boolean makeRoom(LiveRequest live, Group group) {
        Preemption preemption = new Preemption(live, group);
        Optional<LiveRequest> newer = preemption.newest();
        if (newer.isPresent()) {
            end(live, Outcome.SUPERSEDED, group, newer.map(LiveRequest::owner), List.of());
            return false;
        }
        for (LiveRequest waiting : preemption.superseded()) {
            end(waiting, Outcome.SUPERSEDED, group, Optional.of(live.owner()), List.of());
        }
        if (group.admits(live, live.next())) {
            return true;
        }
        if (!group.isFull(live) || overflow(live, group, preemption)) {
            // If others may be in a circle already, that one is to be broken first, not to be blamed on this one.
            boolean mayBlame = !mayDeadlock;
            lineUp(live, group);
            List<LiveRequest> cancelled = preemption.cancel();
            conclude(live, group, cancelled, mayBlame ? DeadlockDetector.closedBy(live, state) : Optional.empty());
        }
        return false;
    }

    /** Tells these to leave for the sake of one that has lined up, unless it closes a circle that they do not open. */
    private void conclude(
            LiveRequest live, Group group, List<LiveRequest> cancelled, Optional<DeadlockDetector.Deadlock> closed) {
        if (closed.isEmpty()) {
            cancelled.forEach(running ->
                    effects.add(new Effect.CancelRunning(running.key(), running.owner(), group.key(), live.owner())));
        } else {
            cancelled.forEach(running -> running.setLeaving(false));
            end(live, Outcome.DEADLOCK, group, Optional.empty(), closed.get().links());
        }
    }

    /** Whether others left the full queue to the newcomer; if not, the newcomer has ended. */
    private boolean overflow(LiveRequest live, Group group, Preemption preemption) {
        Overflow overflow = group.overflow();
        List<LiveRequest> oldest = overflow == Overflow.DISPLACE_OLDEST ? preemption.displaced() : List.of();
        if (!oldest.isEmpty()) {
            oldest.forEach(waiting -> end(waiting, Outcome.DISPLACED, group, Optional.of(live.owner()), List.of()));
            return true;
        }
        Outcome outcome = overflow == Overflow.FAIL ? Outcome.QUEUE_FULL_FAILED : Outcome.QUEUE_FULL_CANCELLED;
        end(live, outcome, group, Optional.empty(), List.of());
        return false;
    }

    private void lineUp(LiveRequest live, Group group) {
        lineUp(live, group, null);
    }

    /** @param before where it waited until now, or null */
    void lineUp(LiveRequest live, Group group, Group before) {
        state.lineUp(live, group);
        mayDeadlock |= group.queue().mayReorder();
        if (group != before) {
            effects.add(new Effect.Queued(live.key(), live.owner(), live.ticket(), group.key()));
        }
    }

    /**
     * Goes on with waiting requests whose claims have changed, in this order as far as their groups' orders allow. One that
     * needs nothing any more does not wait for the gate either, as if it came now.
     */
    void resume(List<LiveRequest> changed) {
        changed.stream().filter(live -> gateOpen || live.hasAll()).forEach(this::resume);
    }

    /** Goes on with one that waits, if it is its turn, or needs nothing any more. */
    void resume(LiveRequest live) {
        if (live.waitingIn() != null) {
            serveIfHead(live);
        } else if (state.find(live.key()) == live && !live.isRunning()) {
            grant(live, false);
        }
    }

    private void grant(LiveRequest live, boolean overLimit) {
        live.run(state.now());
        if (overLimit) {
            live.startOverLimit();
        }
        effects.add(Effects.granted(live, state.nested(live), overLimit));
    }

    /** Puts a waiting request before or behind all others of the group that it waits in. */
    void move(LiveRequest live, boolean toFront) {
        effects.add(new Effect.Moved(live.key(), state.move(live, toFront)));
        changed(live.waitingIn());
    }

    private static Outcome refusal(Behavior behavior) {
        Outcome other = behavior == Behavior.SKIP ? Outcome.SKIPPED : Outcome.CANCELLED;
        return behavior == Behavior.FAIL ? Outcome.FAILED : other;
    }
}
