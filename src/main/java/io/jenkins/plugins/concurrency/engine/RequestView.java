package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request as it was when somebody looked, seen from one group.
 *
 * @param place 1 for who is served next in this group; 0 for who does not wait in it
 * @param slots the numbers of its slots in this group; none for who waits in it
 * @param claim what it asked for of this group
 * @param waitingIn the group that it waits in; it may have slots of others meanwhile. Empty for who runs
 * @param leaving whether it was told to end for the sake of a newer one
 * @param overLimit whether a person started it although there was no free slot
 * @since 1.0
 */
public record RequestView(
        RequestKey key,
        Owner owner,
        int place,
        List<Integer> slots,
        Claim claim,
        Optional<GroupKey> waitingIn,
        Behavior behavior,
        int priority,
        long ticket,
        Instant since,
        Optional<Instant> runningSince,
        Optional<Instant> deadline,
        boolean leaving,
        boolean overLimit) {

    public RequestView {
        slots = List.copyOf(slots);
    }

    /** Whether it has all it asked for. */
    public boolean isRunning() {
        return runningSince.isPresent();
    }
}
