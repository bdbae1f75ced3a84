package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that a call of the engine caused and that its caller carries out, in this order.
 *
 * @since 1.0
 */
public sealed interface Effect {
    /** Whom it concerns. */
    RequestKey request();

    /**
     * The request waits in this group from now on.
     *
     * @param owner whose it is now
     */
    record Queued(RequestKey request, Owner owner, long ticket, GroupKey group) implements Effect {}

    /**
     * The request runs from now on.
     *
     * @param owner whose it is now
     * @param grants what it holds, in the order in which it was taken
     * @param nested the groups of which it takes nothing, as an enclosing block holds them
     * @param overLimit whether a person started it although there was no free slot
     */
    record Granted(
            RequestKey request,
            Owner owner,
            long ticket,
            List<Grant> grants,
            List<GroupKey> nested,
            Duration waited,
            boolean overLimit)
            implements Effect {
        public Granted {
            grants = List.copyOf(grants);
            nested = List.copyOf(nested);
        }
    }

    /**
     * The request ended without being granted.
     *
     * @param owner whose it was
     * @param group the group that it could not get
     * @param by the request that took its place, if one did
     * @param waited since it was made
     * @param circle what waits for what, if that is the reason; empty otherwise
     */
    record Ended(
            RequestKey request,
            Owner owner,
            Outcome outcome,
            GroupKey group,
            Optional<Owner> by,
            Duration waited,
            List<Blockage> circle)
            implements Effect {}

    /**
     * The request was ended by whoever made it. Nobody has to carry that out: it is for those who keep a history.
     *
     * @param owner whose it was
     * @param since when it was made
     * @param parts what it had when it ran
     * @param waitedIn the group that it waited in; empty if it did not wait
     * @param held since it was granted; empty if it never was
     * @param waited until it was granted, or ended
     */
    record Left(
            RequestKey request,
            Owner owner,
            long ticket,
            int priority,
            Instant since,
            List<Part> parts,
            Optional<GroupKey> waitedIn,
            Optional<Duration> held,
            Duration waited)
            implements Effect {
        /**
         * Slots of one group.
         *
         * @param slots how many; all if it was the whole group
         * @param limit how many there were when it ended
         */
        public record Part(GroupKey group, int slots, int limit) {}

        public Left {
            parts = List.copyOf(parts);
        }

        /** Those of which it had slots when it ran; the one that it waited in if it did not. */
        public List<GroupKey> groups() {
            return waitedIn.isPresent()
                    ? List.of(waitedIn.get())
                    : parts.stream().map(Part::group).toList();
        }
    }

    /**
     * The request, which runs, is to end for the sake of a newer one. It holds what it holds until it has.
     *
     * @param owner whose it is now
     */
    record CancelRunning(RequestKey request, Owner owner, GroupKey group, Owner by) implements Effect {}

    /** A person moved the request in the queue that it waits in. */
    record Moved(RequestKey request, MovedPlace place) implements Effect {}

    /** The request gave an ad hoc group another limit than those before it. */
    record LimitChanged(RequestKey request, GroupKey group, int from, int to) implements Effect {}

    /** One link of a circle: who waits for which group, and who stands in the way. */
    record Blockage(Owner waiting, GroupKey group, Owner holder) {}
}
