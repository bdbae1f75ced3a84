package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

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
    private final Deque<Group> marked = new ArrayDeque<>(2);
    /** Whether requests may wait for each other although none of them has just lined up. */
    private boolean mayCircle;

    Change(State state, boolean gateOpen) {
        this.state = state;
        this.gateOpen = gateOpen;
    }

    /** A request that the engine did not know comes in. */
    void arrive(Entry entry) {
        for (Share share : entry.shares()) {
            announceLimit(entry, share, entry.ticket());
        }
        state.add(entry);
        if (gateOpen) {
            // Its limit counts for those who wait before it counts for itself.
            settle();
            mayCircle = false;
            decide(entry);
        } else if (entry.hasAll()) {
            grant(entry, false);
        } else {
            lineUp(entry, entry.next().group());
        }
    }

    /** Takes all a request wants, or does what its behavior says. */
    void decide(Entry entry) {
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
    void discard(Entry entry) {
        if (entry.waitingIn() != null) {
            stepOut(entry);
        }
        for (Share share : entry.held()) {
            share.group().free(entry, share);
            mark(share.group());
        }
        // Those inside it no longer end because it does, if they live on.
        mayCircle |= entry.isLeaving();
        state.remove(entry);
    }

    private void stepOut(Entry entry) {
        mark(entry.waitingIn());
        mayCircle |= entry.waitingIn().queue().mayReorder();
        state.stepOut(entry);
    }

    /** Ends a request that is not granted. */
    void end(Entry entry, Outcome outcome, Group group, Optional<Owner> by, List<Effect.Blockage> circle) {
        discard(entry);
        effects.add(new Effect.Ended(entry.key(), outcome, group.key(), by, circle));
    }

    /** Gives a waiting request all it wants, free or not. */
    void startNow(Entry entry) {
        boolean over = false;
        stepOut(entry);
        while (!entry.hasAll()) {
            Group group = entry.next().group();
            over |= group.missing(entry.next()) > 0;
            group.take(entry);
        }
        grant(entry, over);
    }

    /** Somebody may be served here. */
    void mark(Group group) {
        marked.add(group);
    }

    /** The limit or the queue is not what it was. */
    void changed(Group group) {
        mark(group);
        mayCircle = true;
    }

    /** Serves this one if it is its turn in the group that it waits in. */
    void serveIfHead(Entry entry) {
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
            } while (mayCircle && breakCircle());
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
        Entry head = state.serveHead(group);
        group.take(head);
        advance(head);
    }

    /** Ends the newest of those who wait for each other. */
    private boolean breakCircle() {
        Optional<Circles.Circle> found = Circles.any(state);
        found.ifPresent(circle -> {
            Entry newest = circle.members().stream().max(Entry.BY_TICKET).orElseThrow();
            end(newest, Outcome.CIRCLE, newest.waitingIn(), Optional.empty(), circle.linksFrom(newest));
        });
        return found.isPresent();
    }

    private void advance(Entry entry) {
        while (!entry.hasAll()) {
            Group group = entry.next().group();
            if (!admits(entry, entry.next()) && !makeRoom(entry, group)) {
                return;
            }
            group.take(entry);
        }
        grant(entry, false);
    }

    private static boolean admits(Entry entry, Share share) {
        entry.setLevel(Shares.level(entry, share.group()));
        return share.group().admits(entry, share);
    }

    /** Whether the request can have its next share after all; if not, it has lined up or ended. */
    private boolean makeRoom(Entry entry, Group group) {
        Displacement displacement = new Displacement(entry, group);
        Optional<Entry> newer = displacement.newest();
        if (newer.isPresent()) {
            end(entry, Outcome.SUPERSEDED, group, newer.map(Entry::owner), List.of());
            return false;
        }
        for (Entry waiting : displacement.superseded()) {
            end(waiting, Outcome.SUPERSEDED, group, Optional.of(entry.owner()), List.of());
        }
        if (group.admits(entry, entry.next())) {
            return true;
        }
        if (!group.isFull(entry) || overflow(entry, group, displacement)) {
            // If others may be in a circle already, that one is to be broken first, not to be blamed on this one.
            boolean mayBlame = !mayCircle;
            lineUp(entry, group);
            List<Entry> cancelled = displacement.cancelled();
            cancelled.forEach(running -> running.setLeaving(true));
            conclude(entry, group, cancelled, mayBlame ? Circles.closedBy(entry, state) : Optional.empty());
        }
        return false;
    }

    /** Tells these to leave for the sake of one that has lined up, unless it closes a circle that they do not open. */
    private void conclude(Entry entry, Group group, List<Entry> cancelled, Optional<Circles.Circle> closed) {
        if (closed.isEmpty()) {
            cancelled.forEach(
                    running -> effects.add(new Effect.CancelRunning(running.key(), group.key(), entry.owner())));
        } else {
            cancelled.forEach(running -> running.setLeaving(false));
            end(entry, Outcome.CIRCLE, group, Optional.empty(), closed.get().links());
        }
    }

    /** Whether somebody else left the full queue to the newcomer; if not, the newcomer has ended. */
    private boolean overflow(Entry entry, Group group, Displacement displacement) {
        Overflow overflow = group.overflow();
        Optional<Entry> oldest = overflow == Overflow.DISPLACE_OLDEST ? displacement.oldestWaiter() : Optional.empty();
        if (oldest.isPresent()) {
            end(oldest.get(), Outcome.DISPLACED, group, Optional.of(entry.owner()), List.of());
            return true;
        }
        Outcome outcome = overflow == Overflow.FAIL ? Outcome.QUEUE_FULL_FAILED : Outcome.QUEUE_FULL_CANCELLED;
        end(entry, outcome, group, Optional.empty(), List.of());
        return false;
    }

    private void lineUp(Entry entry, Group group) {
        entry.setLevel(Shares.level(entry, group));
        state.lineUp(entry, group);
        mayCircle |= group.queue().mayReorder();
        effects.add(new Effect.Queued(entry.key(), entry.ticket(), group.key()));
    }

    private void grant(Entry entry, boolean overLimit) {
        entry.run(state.now());
        if (overLimit) {
            entry.startOverLimit();
        }
        effects.add(new Effect.Granted(
                entry.key(),
                entry.ticket(),
                grants(entry),
                state.nested(entry).stream().map(Group::key).toList(),
                Duration.ofMillis(entry.runningSince() - entry.since()),
                overLimit));
    }

    private static List<Grant> grants(Entry entry) {
        List<Grant> grants = new ArrayList<>(entry.held().size());
        for (Share share : entry.held()) {
            grants.add(new Grant(share.group().key(), share.slotNumbers(), share.isExclusive()));
        }
        return grants;
    }

    /** A live request gives its groups another limit, at the time of this ticket. */
    void changeLimit(Entry entry, int limit, long ticket) {
        for (Share share : entry.shares()) {
            if (share.limit() != Claim.ANY_LIMIT) {
                GroupLimit known = share.group().limit();
                known.quit(share.limit());
                share.setLimit(limit);
                announceLimit(entry, share, ticket);
                known.joined(limit, ticket);
                // Whatever the limit is: it may want fewer slots now.
                changed(share.group());
            }
        }
    }

    private void announceLimit(Entry entry, Share share, long ticket) {
        Group group = share.group();
        if (!group.isIdle() && group.limit().yieldsTo(share.limit(), ticket)) {
            if (group.limit().isAsked()) {
                effects.add(new Effect.LimitChanged(
                        entry.key(), group.key(), group.limit().value(), share.limit()));
            }
            changed(group);
        }
    }

    private static Outcome refusal(Behavior behavior) {
        return switch (behavior) {
            case FAIL -> Outcome.FAILED;
            case SKIP -> Outcome.SKIPPED;
            default -> Outcome.CANCELLED;
        };
    }
}
