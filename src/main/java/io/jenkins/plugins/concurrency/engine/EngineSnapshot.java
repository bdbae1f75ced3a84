package io.jenkins.plugins.concurrency.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that an open engine knows: one that is made from it does the same as that one from then on, whatever it is called for.
 * Two engines that do the same have equal ones, however they came there.
 *
 * @param lastTicket the last one that was given
 * @param lastMove how many times people moved requests
 * @param disordered whether some requests took their claims in another order than holds now
 * @param groups in their order
 * @param requests by ticket
 * @param blocked who of those that wait has something meanwhile, or waits inside another; in the order of its coming
 * @since 1.0
 */
public record EngineSnapshot(
        long lastTicket,
        long lastMove,
        boolean disordered,
        List<OfGroup> groups,
        List<OfRequest> requests,
        List<RequestKey> blocked) {

    public EngineSnapshot {
        groups = List.copyOf(groups);
        requests = List.copyOf(requests);
        blocked = List.copyOf(blocked);
    }

    /**
     * What is known of a group beside its requests.
     *
     * @param newestLimit what the most recent request to say so gave it, at {@code newestTicket}
     * @param turns of a queue in which the jobs take turns, the first level first; empty in another order
     */
    public record OfGroup(
            GroupKey key,
            Optional<Policy> declared,
            OptionalInt override,
            boolean paused,
            int newestLimit,
            long newestTicket,
            List<Turns> turns) {
        public OfGroup {
            Objects.requireNonNull(key);
            turns = List.copyOf(turns);
        }
    }

    /** The jobs of one level of a queue, the one whose turn is next first. */
    public record Turns(Level level, List<String> jobs) {
        public Turns {
            Objects.requireNonNull(level);
            jobs = List.copyOf(jobs);
        }
    }

    /** What goes before any order in a queue: see {@link Policy#priority} and {@link MovedPlace#by}. */
    public record Level(long hand, int groupPriority, int priority) {}

    /**
     * A live request.
     *
     * @param nested the groups of which it takes nothing, as a lease around it had them when it came
     * @param since when it was made, in milliseconds, as all times here
     * @param shares what it wants, in the order in which it takes them
     * @param taken how many of the shares it has
     * @param level where it stands in the queue; empty for one that does not wait
     */
    public record OfRequest(
            RequestKey key,
            Owner owner,
            Behavior behavior,
            int priority,
            OptionalInt maxQueued,
            OptionalLong deadline,
            List<RequestKey> within,
            List<RequestKey> stalls,
            List<GroupKey> nested,
            long ticket,
            long since,
            List<OfShare> shares,
            int taken,
            Optional<Level> level,
            OptionalLong runningSince,
            boolean leaving,
            boolean overLimit,
            boolean putBack,
            Optional<MovedPlace> moved) {
        public OfRequest {
            Objects.requireNonNull(key);
            within = List.copyOf(within);
            stalls = List.copyOf(stalls);
            nested = List.copyOf(nested);
            shares = List.copyOf(shares);
        }
    }

    /**
     * What a request wants of one group.
     *
     * @param asked how many slots it asked for; 0 for the whole group, -1 for what groups below take of this one
     * @param limit the limit that it gives an ad hoc group, or {@link Claim#ANY_LIMIT}
     * @param slots the numbers of those that it has
     */
    public record OfShare(GroupKey group, int asked, int wanted, int limit, List<Integer> slots) {
        public OfShare {
            Objects.requireNonNull(group);
            slots = List.copyOf(slots);
        }
    }

    /**
     * What an engine knows now. Takes time for each live request, under the engine's lock.
     *
     * @throws IllegalStateException if the engine's gate is closed: who is held back behind it is not part of this
     */
    public static EngineSnapshot of(Engine engine) {
        synchronized (engine) {
            if (!engine.isGateOpen()) {
                throw new IllegalStateException("The gate is closed. Open it first.");
            }
            return new SnapshotTaker(engine.state).take();
        }
    }

    /**
     * An engine that knows this.
     *
     * @throws InvalidRequestException if no engine ever knew this
     */
    public Engine restore(InstantSource clock) {
        Engine engine = Engine.open(clock);
        synchronized (engine) {
            try {
                new SnapshotRestorer(engine.state).restore(this);
            } catch (RuntimeException x) {
                InvalidRequestException refused = new InvalidRequestException("A snapshot that no engine ever made.");
                refused.initCause(x);
                throw refused;
            }
        }
        return engine;
    }
}
