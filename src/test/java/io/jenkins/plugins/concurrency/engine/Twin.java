package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.ModelState.check;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An engine and a {@link Model} of which every call is made to both, and that must agree on all that can be seen. */
final class Twin implements InstantSource {
    private long now = 1_000_000;
    Engine engine = Engine.open(this);
    SetAside aside = new SetAside(engine);
    Model model = new Model(this, true);
    Consumer<Object> listener = told -> {};
    private Rules rules = new Rules(this);

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    void pass(long millis) {
        now += millis;
    }

    private List<Effect> both(Function<Engine, List<Effect>> onEngine, Function<Model, List<Effect>> onModel) {
        List<Effect> told = onEngine.apply(engine);
        listener.accept(told);
        assertThat(withoutCircles(told), is(onModel.apply(model.expecting(told))));
        assertThat(engine.groups(), is(List.copyOf(model.groups())));
        Map<GroupKey, GroupView> views = new HashMap<>();
        for (GroupKey group : model.groups()) {
            views.put(group, engine.group(group, 0, 1000).orElseThrow());
            assertThat(views.get(group), is(ModelViews.of(model, group)));
        }
        checkJobs();
        told.stream().filter(Effect.Moved.class::isInstance).forEach(moved -> rules.moved(moved.request()));
        rules.check(told, views);
        return told;
    }

    private void checkJobs() {
        Map<String, Set<Owner>> owners = model.live.stream()
                .map(request -> request.owner)
                .collect(Collectors.groupingBy(Owner::job, Collectors.toSet()));
        owners.forEach((job, all) -> assertThat(Set.copyOf(engine.ownersOf(job)), is(all)));
    }

    /** Whether a holder waits itself, or for one that is inside it, as a build is that another one waits for. */
    private boolean follows(Owner waiting, Owner holder) {
        return holder.equals(waiting)
                || Stream.concat(model.live.stream(), model.aside.values().stream())
                        .filter(request -> request.owner.equals(waiting))
                        .flatMap(request -> request.request.within().stream())
                        .flatMap(key -> model.find(key).stream())
                        .anyMatch(outer -> outer.owner.equals(holder));
    }

    private List<Effect> withoutCircles(List<Effect> told) {
        List<Effect> plain = new ArrayList<>();
        for (Effect effect : told) {
            if (effect instanceof Effect.Ended ended && ended.outcome() == Outcome.DEADLOCK) {
                List<Effect.Blockage> links = ended.circle();
                for (int i = 0; i < links.size(); i++) {
                    check(
                            follows(
                                    links.get((i + 1) % links.size()).waiting(),
                                    links.get(i).holder()),
                            "not a circle",
                            links);
                }
                assertThat(
                        links.get(0).waiting(),
                        is(model.find(ended.request())
                                .map(r -> r.owner)
                                .orElse(links.get(0).waiting())));
                plain.add(new Effect.Ended(
                        ended.request(),
                        ended.owner(),
                        Outcome.DEADLOCK,
                        ended.group(),
                        ended.by(),
                        ended.waited(),
                        List.of()));
            } else {
                plain.add(effect);
            }
        }
        return plain;
    }

    List<Effect> request(Request request) {
        return both(e -> e.request(request), m -> m.request(request));
    }

    void end(RequestKey key) {
        both(e -> e.end(key), m -> m.end(key));
    }

    void withdraw(RequestKey key) {
        both(e -> e.withdraw(key), m -> m.withdraw(key));
    }

    void transfer(RequestKey key, Owner to) {
        both(
                e -> {
                    e.transfer(key, to);
                    return List.of();
                },
                m -> {
                    m.find(key).ifPresent(request -> request.owner = to);
                    return List.of();
                });
    }

    void endAll(Owner owner) {
        List<RequestKey> keys = engine.requestsOf(owner);
        assertThat(
                Set.copyOf(keys),
                is(model.live.stream()
                        .filter(request -> request.owner.equals(owner))
                        .map(ModelRequest::key)
                        .collect(Collectors.toSet())));
        keys.forEach(this::end);
    }

    void setAside(List<RequestKey> keys) {
        both(e -> aside.setAside(keys), m -> m.setAside(keys));
        assertThat(
                aside.all().stream().map(AsideRequest::key).toList(),
                is(model.aside.values().stream()
                        .sorted(Model.BY_TICKET)
                        .map(ModelRequest::key)
                        .toList()));
    }

    void bringBack(List<RequestKey> keys) {
        both(e -> aside.bringBack(keys), m -> m.bringBack(keys));
    }

    /** Goes on with another engine that knows the same. */
    void swap() {
        EngineSnapshot snapshot = EngineSnapshot.of(engine);
        List<AsideRequest> asides = aside.all();
        engine = snapshot.restore(this);
        aside = new SetAside(engine, asides);
        assertThat(EngineSnapshot.of(engine), is(snapshot));
    }

    void expire() {
        both(Engine::expire, Model::expire);
        assertThat(
                engine.nextDeadline().map(Instant::toEpochMilli),
                is(model.live.stream()
                        .filter(r -> r.waitingIn != null && r.request.deadline().isPresent())
                        .map(ModelState::deadline)
                        .min(Long::compare)));
    }

    void startNow(RequestKey key) {
        rules.startedByHand(key);
        both(e -> e.startNow(key), m -> m.startNow(key));
    }

    void changeLimit(RequestKey key, int limit) {
        both(e -> e.changeLimit(key, limit), m -> m.changeLimit(key, limit));
    }

    void move(RequestKey key, Direction direction) {
        both(e -> e.move(key, direction), m -> m.move(key, direction));
    }

    void pause(GroupKey group, boolean on) {
        both(e -> e.pause(group, on), m -> m.pause(group, on));
    }

    void declare(Map<GroupKey, Policy> policies) {
        both(e -> e.declare(policies), m -> m.declare(policies));
    }

    void overrideLimit(GroupKey group, OptionalInt limit) {
        both(e -> e.overrideLimit(group, limit), m -> m.overrideLimit(group, limit));
    }

    void relocate(String from, String to) {
        both(
                e -> {
                    List<RequestKey> concerned = e.relocate(from, to);
                    listener.accept(concerned);
                    aside.relocate(from, to);
                    Set<RequestKey> expected = model.relocate(from, to);
                    Set<RequestKey> told = new HashSet<>(concerned);
                    assertThat(told.size(), is(concerned.size()));
                    assertThat(expected.containsAll(told), is(true));
                    // The model goes by names: a group that was gone for a while is the same there, and is another one
                    // here
                    // for those inside of what holds it now.
                    expected.removeAll(told);
                    expected.forEach(missed ->
                            assertThat(model.find(missed).orElseThrow().nested.isEmpty(), is(false)));
                    return List.of();
                },
                m -> List.of());
        assertThat(
                Set.copyOf(engine.requestsIn(to)),
                is(model.live.stream()
                        .filter(request -> Paths.isWithin(request.owner.job(), to))
                        .map(ModelRequest::key)
                        .collect(Collectors.toSet())));
    }

    List<Effect> requestAgain(Request request, long ticket, Instant since) {
        return both(
                e -> e.requestAgain(request, ticket, since),
                m -> m.requestAgain(request, ticket, since.toEpochMilli()));
    }

    List<Effect> tryAgain(Request request, long ticket, Instant since) {
        List<Effect> told =
                both(e -> e.tryAgain(request, ticket, since), m -> m.tryAgain(request, ticket, since.toEpochMilli()));
        boolean granted = told.stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Granted && effect.request().equals(request.key()));
        check(granted || told.isEmpty() && !engine.isLive(request.key()), "tried in vain, and not without trace", told);
        return told;
    }

    void openGate() {
        both(Engine::openGate, Model::openGate);
    }

    /** The controller stops; decisions of people are on its disk, all else is lost until it is restored. */
    void restart() {
        Map<GroupKey, Policy> policies = new HashMap<>(model.policies);
        Map<GroupKey, Integer> overrides = new HashMap<>(model.overrides);
        TreeSet<GroupKey> paused = new TreeSet<>(model.paused);
        engine = Engine.recovering(this);
        aside = new SetAside(engine);
        model = new Model(this, false);
        rules = new Rules(this);
        declare(policies);
        overrides.forEach((group, limit) -> overrideLimit(group, OptionalInt.of(limit)));
        paused.forEach(group -> pause(group, true));
    }

    void restore(Request request, SavedState past) {
        past.moved().ifPresent(place -> rules.moved(request.key()));
        both(e -> e.restore(request, past), m -> m.restore(request, past));
    }

    /** What a build knows of its own request: what it asked for, and what became of it. */
    static SavedState pastOf(ModelRequest request) {
        Instant since = Instant.ofEpochMilli(request.since);
        if (!request.isRunning()) {
            SavedState past = SavedState.waiting(request.ticket, since);
            return request.moved == null
                    ? past
                    : past.movedTo(new MovedPlace(request.moved.getKey(), request.moved.getValue()));
        }
        List<Grant> grants = request.grants();
        Instant running = Instant.ofEpochMilli(request.runningSince);
        return new SavedState(request.ticket, since, Optional.of(running), grants, request.leaving);
    }
}
