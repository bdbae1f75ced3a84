package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Waiting requests of an engine whose builds cannot be reached for now. Nobody waits behind them, and what they kept while
 * they waited for the rest is free; but each has its ticket, and comes back to where that is. To the engine itself they do not
 * live.
 *
 * <p>All calls are made under the engine's lock. Whatever throws has changed nothing.
 *
 * @since 1.0
 */
public final class SetAside {
    private final Engine engine;
    private final State state;
    private final Map<RequestKey, AsideRequest> requests = new HashMap<>();

    /** Nobody is aside yet. */
    public SetAside(Engine engine) {
        this.engine = Objects.requireNonNull(engine);
        this.state = engine.state;
    }

    /** The same with these, as they were. */
    public SetAside(Engine engine, Collection<AsideRequest> asides) {
        this(engine);
        asides.forEach(aside -> requests.put(aside.key(), aside));
    }

    /**
     * Sets these aside, all at once, so that none of them gets what another one leaves. Passes over those that do not wait.
     *
     * @return what that caused for others; they themselves have no effect
     * @throws IllegalStateException if the engine's gate is closed
     */
    public List<Effect> setAside(Collection<RequestKey> keys) {
        synchronized (engine) {
            Change change = change();
            keys.stream()
                    .map(state::find)
                    .filter(live -> live != null && !live.isRunning())
                    .distinct()
                    .sorted(LiveRequest.BY_TICKET)
                    .forEach(live -> {
                        requests.put(live.key(), aside(live));
                        change.discard(live);
                    });
            return List.copyOf(change.settle());
        }
    }

    /**
     * Has these wait again, all at once, each in its old place. There its behavior has done its work already: it supersedes
     * nobody, and no bound of the queue counts for it. Passes over those that are not aside.
     *
     * @return what that caused: {@code Queued} or {@code Granted} for each of them, among others
     * @throws IllegalStateException if the engine's gate is closed
     */
    public List<Effect> bringBack(Collection<RequestKey> keys) {
        synchronized (engine) {
            Change change = change();
            keys.stream()
                    .map(requests::remove)
                    .filter(Objects::nonNull)
                    .sorted(AsideRequest.BY_TICKET)
                    .forEach(aside -> bringBack(aside, change));
            return List.copyOf(change.settle());
        }
    }

    private void bringBack(AsideRequest aside, Change change) {
        ClaimResolver resolver = new ClaimResolver(state);
        Request request = aside.request();
        List<Group> nested = resolver.nested(request.claims(), request.within());
        Nesting nesting = Nesting.of(request, nested)
                .with(aside.nested().stream()
                        .map(state.groups()::known)
                        .filter(Objects::nonNull)
                        .toList());
        LiveRequest live = new LiveRequest(
                request,
                state.jobs().knownOrNew(request.owner().job()),
                aside.past().ticket(),
                LiveRequest.millis(aside.past().since()),
                resolver.of(request),
                nesting);
        live.putBack();
        aside.past().moved().ifPresent(place -> state.moveBack(live, place));
        change.add(live);
        change.enter(live);
        // Who is in front is served when all have come back.
        live.shares().forEach(share -> change.changed(share.group()));
    }

    /** Ends one for good. Does nothing for one that is not aside. */
    public List<Effect> end(RequestKey key) {
        synchronized (engine) {
            AsideRequest aside = requests.remove(key);
            if (aside == null) {
                return List.of();
            }
            state.readClock();
            return List.of(new Effect.Left(
                    key,
                    aside.request().owner(),
                    aside.past().ticket(),
                    aside.request().priority(),
                    aside.past().since(),
                    List.of(),
                    Optional.of(group(aside)),
                    Optional.empty(),
                    waited(aside)));
        }
    }

    /** Ends those whose deadline has passed. */
    public List<Effect> expire() {
        synchronized (engine) {
            state.readClock();
            List<Effect> effects = new ArrayList<>();
            for (AsideRequest aside : all()) {
                if (aside.request().deadline().filter(this::hasPassed).isPresent()) {
                    requests.remove(aside.key());
                    effects.add(new Effect.Ended(
                            aside.key(),
                            aside.request().owner(),
                            Outcome.EXPIRED,
                            group(aside),
                            Optional.empty(),
                            waited(aside),
                            List.of()));
                }
            }
            return List.copyOf(effects);
        }
    }

    private boolean hasPassed(Instant deadline) {
        return LiveRequest.millis(deadline) <= state.now();
    }

    private static GroupKey group(AsideRequest aside) {
        return aside.request().claims().get(0).group();
    }

    private Duration waited(AsideRequest aside) {
        return Duration.ofMillis(
                Math.max(0, state.now() - LiveRequest.millis(aside.past().since())));
    }

    /** Follows a job or a folder to its new full name. */
    public void relocate(String from, String to) {
        synchronized (engine) {
            requests.replaceAll((key, aside) -> aside.of(aside.request().owner().relocated(from, to)));
        }
    }

    /** Hands one that is aside from a queue item to the build that this has become. */
    public void transfer(RequestKey key, Owner to) {
        Objects.requireNonNull(to);
        synchronized (engine) {
            requests.computeIfPresent(key, (same, aside) -> aside.of(to));
        }
    }

    /** One that is aside. */
    public Optional<AsideRequest> find(RequestKey key) {
        synchronized (engine) {
            return Optional.ofNullable(requests.get(key));
        }
    }

    /** Those that are aside, by ticket. */
    public List<AsideRequest> all() {
        synchronized (engine) {
            return requests.values().stream().sorted(AsideRequest.BY_TICKET).toList();
        }
    }

    private Change change() {
        if (!engine.isGateOpen()) {
            throw new IllegalStateException("The gate is closed. Open it first.");
        }
        state.readClock();
        return new Change(state, true);
    }

    /** What it would ask for now: what it takes of ancestors follows from that. */
    private AsideRequest aside(LiveRequest live) {
        List<Claim> claims = live.shares().stream()
                .filter(share -> !share.isOfAncestor())
                .map(Share::claim)
                .toList();
        Request request = new Request(
                live.key(),
                live.owner(),
                claims,
                live.behavior(),
                live.priority(),
                live.maxQueued(),
                live.hasDeadline() ? Optional.of(Instant.ofEpochMilli(live.deadline())) : Optional.empty(),
                live.nesting().within(),
                live.nesting().stalls());
        SavedState waiting = SavedState.waiting(live.ticket(), Instant.ofEpochMilli(live.since()));
        Optional<MovedPlace> moved = state.moves().place(live, state.groups());
        return new AsideRequest(
                request,
                moved.map(waiting::movedTo).orElse(waiting),
                state.groups().known(live.nesting().nested()));
    }
}
