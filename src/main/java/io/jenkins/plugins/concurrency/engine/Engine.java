package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who holds slots of which group and who waits for them.
 *
 * <p>Each call changes the state at once, under one lock that is held for no longer than that, and returns what it
 * caused; the caller carries that out afterwards. The engine has no thread of its own: deadlines pass when
 * {@link #expire} is called. All values that come out of it are immutable. It is safe for use by several threads.
 *
 * @since 1.0
 */
public final class Engine extends Lookups {
    /** The last place from which a request can be moved up by one. */
    public static final int FARTHEST_STEP = 100;

    private final Arrivals arrivals;
    private final StartupBarrier gate;

    private Engine(InstantSource clock, boolean open) {
        super(new State(clock));
        arrivals = new Arrivals(state);
        gate = new StartupBarrier(open);
    }

    /** An engine that knows of no past. */
    public static Engine open(InstantSource clock) {
        return new Engine(clock, true);
    }

    /** An engine that grants nothing until it was told the past, and {@link #openGate} was called. */
    public static Engine recovering(InstantSource clock) {
        return new Engine(clock, false);
    }

    /**
     * Asks for slots.
     *
     * @return what that caused: first of all, or after what it took, {@code Queued}, {@code Granted} or {@code Ended}
     *     for this request
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has
     * @throws IllegalStateException if the key was used before and its request still lives
     */
    public synchronized List<Effect> request(Request request) {
        arrivals.check(request);
        return change(change -> arrive(request, state.nextTicket(), state.now(), change));
    }

    /**
     * Asks for slots once more, in the place in time that the request had when it gave back what it had. It is one inside
     * which no other lives.
     *
     * @param ticket the one it had
     * @param since when it was made
     * @return the same as of {@link #request}
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has, or the ticket is none
     * @throws IllegalStateException if the key's request still lives
     */
    public synchronized List<Effect> requestAgain(Request request, long ticket, Instant since) {
        arrivals.check(request);
        Tickets.check(ticket);
        long then = LiveRequest.millis(since);
        return change(change -> {
            state.sawTicket(ticket);
            arrive(request, ticket, then, change);
        });
    }

    /**
     * The same if all that is asked for is free, and nobody is passed; if not, nothing changes, whatever the request's
     * behavior is.
     *
     * @return what that caused, {@code Granted} for this request among it; nothing if it was not granted
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has
     * @throws IllegalStateException if the key's request still lives
     */
    public synchronized List<Effect> tryAgain(Request request, long ticket, Instant since) {
        arrivals.check(request);
        Tickets.check(ticket);
        LiveRequest live = arrivals.create(request, ticket, LiveRequest.millis(since));
        if (!gate.isOpen() || !Arrivals.wouldBeAdmitted(live)) {
            return List.of();
        }
        return change(change -> {
            state.sawTicket(ticket);
            change.arrive(live);
        });
    }

    private void arrive(Request request, long ticket, long since, Change change) {
        LiveRequest live = arrivals.create(request, ticket, since);
        gate.holdBack(live);
        change.arrive(live);
    }

    /** Ends a request, whether it waits or runs; its own effect is {@code Left}. Does nothing for one that ended already. */
    public synchronized List<Effect> end(RequestKey key) {
        LiveRequest live = state.find(key);
        if (live == null) {
            return List.of();
        }
        gate.release(live);
        return change(change -> change.leave(live));
    }

    /** Ends a request if it waits; its own effect is {@code Ended} then. Does nothing for one that runs, or ended. */
    public synchronized List<Effect> withdraw(RequestKey key) {
        LiveRequest live = waiting(key);
        if (live == null) {
            return List.of();
        }
        gate.release(live);
        return change(change -> change.end(live, Outcome.WITHDRAWN, live.waitingIn(), Optional.empty(), List.of()));
    }

    /**
     * Hands a request, with all that it has, from a queue item to the build that this has become. Does nothing for a
     * request that ended.
     */
    public synchronized void transfer(RequestKey key, Owner to) {
        Objects.requireNonNull(to);
        LiveRequest live = state.find(key);
        if (live != null) {
            state.changed();
            live.job().transfer(live, to);
        }
    }

    /** Ends the waiting requests whose deadline has passed. */
    public synchronized List<Effect> expire() {
        return change(change -> {
            long now = state.now();
            while (!state.deadlines().isEmpty() && state.deadlines().first().deadline() <= now) {
                LiveRequest live = state.deadlines().first();
                gate.release(live);
                change.end(live, Outcome.EXPIRED, live.waitingIn(), Optional.empty(), List.of());
            }
        });
    }

    /**
     * Puts a request back as it was before a restart, with the ticket that it had then: a lease even over the limit, a
     * waiting request in its old place. The leases around it must be put back first.
     *
     * @throws IllegalStateException if the request lives already
     */
    public synchronized List<Effect> restore(Request request, SavedState past) {
        arrivals.checkNew(request);
        Objects.requireNonNull(past);
        return change(change -> {
            state.sawTicket(past.ticket());
            if (past.runningSince().isPresent()) {
                LeaseRestorer.running(state, arrivals.resolver(), request, past);
            } else {
                putBackWaiting(request, past, change);
            }
        });
    }

    private void putBackWaiting(Request request, SavedState past, Change change) {
        LiveRequest live = arrivals.create(request, past.ticket(), LiveRequest.millis(past.since()));
        live.putBack();
        past.moved().ifPresent(place -> state.moveBack(live, place));
        if (!request.behavior().waits()) {
            gate.holdBack(live);
        }
        change.arrive(live);
    }

    /** Grants, in ticket order, what is free after all was put back. Does nothing for an open gate. */
    public synchronized List<Effect> openGate() {
        if (gate.isOpen()) {
            return List.of();
        }
        state.readClock();
        return gate.open(state);
    }

    /** Whether slots are granted. */
    public synchronized boolean isGateOpen() {
        return gate.isOpen();
    }

    /**
     * Makes these, and no others, the declared groups. What that frees is granted at once.
     *
     * @throws IllegalArgumentException if a parent is not declared, or a group would be its own ancestor
     */
    public synchronized List<Effect> declare(Map<GroupKey, Policy> policies) {
        NavigableMap<GroupKey, Policy> declared = new TreeMap<>(policies);
        Policy.checkParents(declared);
        return change(change -> new Declaration(state, arrivals.resolver(), change).declare(declared));
    }

    /** Gives a group another limit than its declaration and its requests do, or takes that back. */
    public synchronized List<Effect> overrideLimit(GroupKey key, OptionalInt limit) {
        Objects.requireNonNull(key);
        limit.ifPresent(Policy::checkLimit);
        return change(change -> {
            Group group = state.group(key);
            group.limit().override(limit);
            change.changed(group);
            state.forgetIfIdle(group);
        });
    }

    /** Stops a group from granting anything, or lets it go on. */
    public synchronized List<Effect> pause(GroupKey key, boolean on) {
        Objects.requireNonNull(key);
        return change(change -> {
            Group group = state.group(key);
            group.pause(on);
            change.mark(group);
            state.forgetIfIdle(group);
        });
    }

    /** Gives a waiting request its slots at once, free or not. Does nothing for a request that does not wait. */
    public synchronized List<Effect> startNow(RequestKey key) {
        LiveRequest live = waiting(key);
        if (live == null) {
            return List.of();
        }
        gate.release(live);
        return change(change -> change.startNow(live));
    }

    /**
     * Has a live request give its groups another limit, as the most recent one to say so, and ask for no more slots than
     * that; it keeps its place. Groups to which it gives none stay as they are. Does nothing for a request that ended.
     *
     * @throws IllegalArgumentException if the limit is below 1
     */
    public synchronized List<Effect> changeLimit(RequestKey key, int limit) {
        Policy.checkLimit(limit);
        LiveRequest live = state.find(key);
        return live == null ? List.of() : change(change -> change.changeLimit(live, limit, state.nextTicket()));
    }

    /**
     * Moves a waiting request in the queue of the group it waits in, whatever the priorities are. One place further up or
     * down is for the first {@value #FARTHEST_STEP} places only, as it costs what comes before it.
     */
    public synchronized List<Effect> move(RequestKey key, Direction direction) {
        LiveRequest live = waiting(key);
        return live == null ? List.of() : change(change -> new HandMove(change).move(live, direction));
    }

    /**
     * Follows a job or a folder, with all that is in it, to its new full name. What it costs depends on what moves, not on
     * what there is. It is done in slices, between which others may call the engine; each group and each job is moved as a
     * whole, and one whose name is taken keeps its old one.
     *
     * @return the live requests that this concerns: of whose job, or of a group on which they have a claim, the name is new
     */
    public List<RequestKey> relocate(String from, String to) {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        List<Group> groups;
        List<Job> jobs;
        synchronized (this) {
            groups = state.groups().within(from);
            jobs = state.jobs().in(from);
        }
        Set<RequestKey> concerned = new LinkedHashSet<>();
        Slices.each(groups, this, group -> add(state.relocate(group, from, to), concerned));
        Slices.each(jobs, this, job -> add(state.relocate(job, from, to), concerned));
        return List.copyOf(concerned);
    }

    private static void add(Collection<LiveRequest> requests, Set<RequestKey> keys) {
        requests.forEach(live -> keys.add(live.key()));
    }

    private List<Effect> change(Consumer<Change> action) {
        state.readClock();
        Change change = new Change(state, gate.isOpen());
        action.accept(change);
        return List.copyOf(change.settle());
    }

    private LiveRequest waiting(RequestKey key) {
        LiveRequest live = state.find(key);
        return live == null || live.isRunning() ? null : live;
    }
}
