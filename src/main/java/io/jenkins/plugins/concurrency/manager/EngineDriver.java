package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.PastLeases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Logger;

/**
 * Calls the engine, and tells the requesters what that caused: after the call, off the engine's lock, on threads of its
 * own, and in order for each request.
 */
final class EngineDriver {
    private static final Logger LOGGER = Logger.getLogger(EngineDriver.class.getName());

    private final Engine engine = Engine.recovering(InstantSource.system());
    private final GroupLookups lookups = new GroupLookups(engine);
    private final Map<RequestKey, Requester> requesters = new ConcurrentHashMap<>();
    private final HistoryRecorder recorder;
    private final Metering metering = new Metering(work -> execute(RequestKey.random(), work));
    private final Dispatcher dispatcher =
            new Dispatcher(this::carryOut, after -> metering.meter().carriedOut(after));
    private final EndedRequests ended = new EndedRequests();
    private final WaitRecorder waits = new WaitRecorder();
    private final WaitNews news = new WaitNews(this::tellFirst);
    private final DeadlineTimer deadlines = new DeadlineTimer(() -> change(Engine::expire));
    /** Null where no groups are shared. */
    private volatile SharedRequests shared;

    EngineDriver(History history, PastLeases leases, ListenerNotifier listeners) {
        recorder = new HistoryRecorder(history, leases, lookups, listeners);
    }

    HistoryRecorder recorder() {
        return recorder;
    }

    Metering metering() {
        return metering;
    }

    /** For calls that cause nothing. */
    Engine engine() {
        return engine;
    }

    GroupLookups lookups() {
        return lookups;
    }

    /** From now on there are requests that take slots of shared groups. */
    void share(SharedRequests requests, SharedViews views) {
        shared = requests;
        lookups.share(requests, views);
    }

    void change(Function<Engine, List<Effect>> call) {
        change(call, effect -> true);
    }

    /**
     * @param dispatched which effects the requesters are told of; the others are the caller's to carry out
     * @return all effects
     */
    List<Effect> change(Function<Engine, List<Effect>> call, Predicate<Effect> dispatched) {
        return change(call, dispatched, effects -> {});
    }

    /**
     * Changes something for a person.
     *
     * @param news what the request's maker is told of that, before it is told of what that caused; nothing if that is nothing
     */
    List<Effect> changeByHand(RequestKey key, Consumer<Requester> news, Function<Engine, List<Effect>> call) {
        return change(call, effect -> true, effects -> {
            if (!effects.isEmpty()) {
                dispatcher.add(key, () -> requester(key).ifPresent(news));
            }
        });
    }

    private List<Effect> change(
            Function<Engine, List<Effect>> call, Predicate<Effect> dispatched, Consumer<List<Effect>> before) {
        List<Effect> effects;
        synchronized (dispatcher) {
            long start = System.nanoTime();
            effects = call.apply(engine);
            metering.meter().called(effects, Duration.ofNanos(System.nanoTime() - start));
            effects.forEach(ended::add);
            before.accept(effects);
            effects.stream().filter(dispatched).forEach(dispatcher::add);
            recorder.note(effects);
        }
        dispatcher.dispatch();
        recorder.start();
        news.onEffects(effects);
        engine.nextDeadline().ifPresent(deadlines::at);
        return effects;
    }

    /** The same for a new request. If the call fails, it is as if it had not been made. */
    List<Effect> changeAs(
            RequestKey key, Requester requester, Function<Engine, List<Effect>> call, Predicate<Effect> dispatched) {
        requesters.put(key, requester);
        try {
            return change(call, dispatched);
        } catch (RuntimeException | Error x) {
            requesters.remove(key);
            throw x;
        }
    }

    /** Puts a request back as it was before a restart. */
    void restore(Request request, SavedState past, Requester requester) {
        changeAs(request.key(), requester, engine -> engine.restore(request, past), effect -> true);
        metering.meter().restored(past);
    }

    /**
     * Makes a request, whose requester is not told if it ends at once.
     *
     * @return how it ended, if it did
     */
    Optional<Effect.Ended> ask(RequestKey key, Requester requester, Function<Engine, List<Effect>> call) {
        List<Effect> effects =
                changeAs(key, requester, call, effect -> !(effect instanceof Effect.Ended && isOf(key, effect)));
        Optional<Effect.Ended> ended = first(Effect.Ended.class, key, effects);
        ended.ifPresent(effect -> {
            requesters.remove(key);
            execute(key, () -> waits.onEffect(effect));
        });
        return ended;
    }

    /**
     * Makes a request that is granted at once or not at all; the requester is not told of the grant.
     *
     * @return what it got, if anything
     */
    Optional<Effect.Granted> tryToAsk(RequestKey key, Requester requester, Function<Engine, List<Effect>> call) {
        List<Effect> effects = changeAs(key, requester, call, effect -> !isOf(key, effect));
        Optional<Effect.Granted> granted = first(Effect.Granted.class, key, effects);
        if (granted.isEmpty()) {
            requesters.remove(key);
        }
        return granted;
    }

    private static boolean isOf(RequestKey key, Effect effect) {
        return effect.request().equals(key);
    }

    private static <E extends Effect> Optional<E> first(Class<E> type, RequestKey key, List<Effect> effects) {
        return effects.stream()
                .filter(effect -> type.isInstance(effect) && isOf(key, effect))
                .map(type::cast)
                .findFirst();
    }

    /** Of a request that this controller's engine does not know yet, or never will. */
    void register(RequestKey key, Requester requester) {
        requesters.put(key, requester);
    }

    /** Notes down an effect in a shared group. */
    void note(Effect effect) {
        recorder.note(List.of(effect));
        recorder.start();
        ended.add(effect);
        waits.onEffect(effect);
    }

    /** Tells the requester of an effect in a shared group. Called in turn with those in this controller's own groups. */
    void tell(Effect effect) {
        requester(effect.request()).ifPresent(requester -> requester.onEffect(effect));
    }

    /** The same where it has ended: it gives back what it has of this controller's own groups first. */
    void endAndTell(Effect effect) {
        Optional<Requester> requester = requester(effect.request());
        end(effect.request());
        requester.ifPresent(told -> told.onEffect(effect));
    }

    /** Somebody, on whichever controller, has caused this in shared groups. */
    void changedElsewhere(List<Effect> effects) {
        recorder.changedElsewhere(effects);
        news.onEffects(effects);
    }

    void end(RequestKey key) {
        change(called -> called.end(key));
        requesters.remove(key);
    }

    /** Whose a request was that ended lately, also if that is being done now. */
    Optional<Owner> formerOwner(RequestKey key) {
        synchronized (dispatcher) {
            return ended.owner(key);
        }
    }

    /** Follows a job or a folder to its new full name, and tells those whom that concerns. */
    void relocate(String from, String to) {
        engine.relocate(from, to).forEach(key -> tell(key, requester -> requester.relocated(from, to)));
    }

    void transfer(RequestKey key, Owner build) {
        engine.transfer(key, build);
        execute(key, () -> waits.transferred(key, build, engine.find(key)));
    }

    boolean isKnown(RequestKey key) {
        return requesters.containsKey(key);
    }

    Optional<Requester> requester(RequestKey key) {
        return Optional.ofNullable(requesters.get(key));
    }

    /** Does something in turn with the effects of a request: after those of all calls that were made before. */
    void execute(RequestKey key, Runnable task) {
        synchronized (dispatcher) {
            dispatcher.add(key, task);
        }
        dispatcher.dispatch();
    }

    /** Tells a requester something that is no effect, in turn with those. */
    void tell(RequestKey key, Consumer<Requester> news) {
        execute(key, () -> requester(key).ifPresent(news));
    }

    void tellAll(Consumer<Requester> news) {
        requesters.keySet().forEach(key -> tell(key, news));
    }

    private void tellFirst(GroupKey group) {
        lookups.group(group, 0, 1).stream()
                .flatMap(view -> view.waiting().stream())
                .forEach(first -> tell(first.key(), Requester::remind));
    }

    private void carryOut(Effect effect) {
        LOGGER.fine(effect::toString);
        waits.onEffect(effect);
        SharedRequests sharing = shared;
        if (sharing != null && sharing.onLocal(effect)) {
            return;
        }
        RequestKey key = effect.request();
        Requester requester = effect instanceof Effect.Ended ? requesters.remove(key) : requesters.get(key);
        if (requester != null) {
            requester.onEffect(effect);
        }
    }
}
