package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a request of this controller is that takes slots of shared groups. First it takes what it wants of the controller's own
 * groups; then it asks for the shared ones, keeping the others meanwhile. Safe for use by several threads.
 */
final class SharedRequest {
    private final SplitRequest split;
    private Owner owner;
    /** Its place in time in the shared groups; null if it is not known to have one. */
    private Place place;
    /** What it got of the controller's own groups; null if it takes none, or has none yet, or was put back with them. */
    private Effect.Granted local;

    private boolean ready;
    private boolean running;
    private boolean leaving;
    private long fence;

    /** A new one, or one that asks again in the place that it had. */
    SharedRequest(SplitRequest split, @CheckForNull Place place) {
        this(split, place, false);
    }

    /** As it was before a restart. */
    SharedRequest(SplitRequest split, @CheckForNull Place place, boolean running) {
        this.split = split;
        this.place = place == null || place.sharedTicket() == 0 ? null : place;
        this.running = running;
        owner = split.shared().owner();
        ready = running || split.local().isEmpty();
    }

    SplitRequest split() {
        return split;
    }

    RequestKey key() {
        return split.key();
    }

    /** The first shared group that it asks for. */
    GroupKey group() {
        return split.shared().claims().get(0).group();
    }

    synchronized Owner owner() {
        return owner;
    }

    synchronized void setOwner(Owner now) {
        owner = now;
    }

    /** Whether it has all that it wants of the controller's own groups. */
    synchronized boolean isReady() {
        return ready;
    }

    /** Whether it has all. */
    synchronized boolean isRunning() {
        return running;
    }

    synchronized Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    /** It has what it wants of the controller's own groups. */
    synchronized void gotLocal(Effect.Granted granted) {
        local = granted;
        ready = true;
    }

    synchronized void queued(Effect.Queued queued, Instant now) {
        place = new Place(0, place == null ? now : place.since(), queued.ticket());
    }

    /** @return whether it was not told so before */
    synchronized boolean leave() {
        boolean first = !leaving;
        leaving = true;
        return first;
    }

    /**
     * It has the shared groups too.
     *
     * @return all that it has; empty if that was known
     */
    synchronized Optional<Effect.Granted> granted(Effect.Granted shared, long number) {
        if (running) {
            return Optional.empty();
        }
        running = true;
        fence = number;
        return Optional.of(local == null ? shared : merged(local, shared));
    }

    private static Effect.Granted merged(Effect.Granted local, Effect.Granted shared) {
        List<Grant> grants = new ArrayList<>(local.grants());
        grants.addAll(shared.grants());
        List<GroupKey> nested = new ArrayList<>(local.nested());
        nested.addAll(shared.nested());
        return new Effect.Granted(
                local.request(),
                shared.owner(),
                local.ticket(),
                grants,
                nested,
                local.waited().plus(shared.waited()),
                local.overLimit() || shared.overLimit());
    }

    /** A number that only grows with each grant of a shared group; 0 before it has one. */
    synchronized long fence() {
        return fence;
    }
}
