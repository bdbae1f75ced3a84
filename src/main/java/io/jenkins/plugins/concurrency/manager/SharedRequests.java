package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.cluster.Call;
import io.jenkins.plugins.concurrency.cluster.News;
import io.jenkins.plugins.concurrency.cluster.Report;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The requests of this controller that take slots of shared groups, from when they are made until they end. What it tells a
 * requester comes in turn with what its controller's own groups cause. Safe for use by several threads.
 */
final class SharedRequests {
    private static final Logger LOGGER = Logger.getLogger(SharedRequests.class.getName());

    private final EngineDriver driver;
    private final SharedCalls calls;
    private final Map<RequestKey, SharedRequest> requests = new ConcurrentHashMap<>();
    /** Whether what the builds have was told; who comes later has to speak for itself. */
    private volatile boolean reported;

    SharedRequests(EngineDriver driver, SharedCalls calls) {
        this.driver = driver;
        this.calls = calls;
    }

    /** As {@link ConcurrencyManager#request} and {@link ConcurrencyManager#requestAgain}. */
    Optional<Effect.Ended> ask(Request request, @CheckForNull Place place, Requester requester) {
        SharedRequest mine = new SharedRequest(SplitRequest.of(request), place);
        requests.put(mine.key(), mine);
        try {
            Optional<Effect.Ended> ended = mine.split()
                    .local()
                    .flatMap(local -> driver.ask(
                            mine.key(),
                            requester,
                            engine -> place == null
                                    ? engine.request(local)
                                    : engine.requestAgain(local, place.ticket(), place.since())));
            ended.ifPresent(effect -> requests.remove(mine.key()));
            if (mine.split().local().isEmpty()) {
                driver.register(mine.key(), requester);
                ask(mine);
            }
            return ended;
        } catch (RuntimeException x) {
            requests.remove(mine.key());
            throw x;
        }
    }

    /** Puts back what it has, or waits for, of this controller's own groups; the rest is reported. */
    void restore(Request request, SavedState past, Place place, Requester requester) {
        SharedRequest mine = new SharedRequest(
                SplitRequest.of(request), place, past.runningSince().isPresent());
        requests.put(mine.key(), mine);
        mine.split()
                .local()
                .ifPresentOrElse(
                        local -> driver.restore(local, SplitRequest.localPast(past), requester),
                        () -> driver.register(mine.key(), requester));
        if (mine.isRunning()) {
            driver.metering().meter().restoredShared(SplitRequest.sharedPast(past));
        }
        if (reported && mine.isRunning()) {
            stop(new News.Stop(mine.key(), News.Why.GIVEN_ON));
        } else if (reported && mine.isReady()) {
            ask(mine);
        }
    }

    private void ask(SharedRequest mine) {
        if (!reported) {
            // It is part of what is reported.
            calls.tellIfAway(mine.key());
            return;
        }
        Request shared = mine.split()
                .shared(mine.owner(), mine.split().shared().deadline().map(calls::atDatabase));
        calls.tellIfAway(mine.key());
        calls.submit(mine.place()
                        .<Call>map(place -> new Call.AskAgain(shared, place.sharedTicket(), place.since()))
                        .orElseGet(() -> new Call.Ask(shared)))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        refuse(mine.key(), message(failure));
                    }
                });
    }

    private static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** What the builds have of shared groups, as it is told when the controller joins. */
    Report report() {
        reported = true;
        List<RequestKey> holding = new ArrayList<>();
        List<Report.Waiting> waiting = new ArrayList<>();
        for (SharedRequest mine : requests.values()) {
            if (mine.isRunning()) {
                holding.add(mine.key());
            } else if (mine.isReady()) {
                waiting.add(new Report.Waiting(
                        mine.split()
                                .shared(
                                        mine.owner(),
                                        mine.split().shared().deadline().map(calls::atDatabase)),
                        mine.place().map(place -> new Report.Place(place.sharedTicket(), place.since()))));
            }
        }
        return new Report(holding, waiting);
    }

    /** The groups are those of another database from now on. */
    void forgetReport() {
        reported = false;
    }

    boolean has(RequestKey key) {
        return requests.containsKey(key);
    }

    Optional<SharedRequest> find(RequestKey key) {
        return Optional.ofNullable(requests.get(key));
    }

    Collection<SharedRequest> all() {
        return requests.values();
    }

    /** Ends one, wherever it has or waits for something. Does nothing for one that takes no shared slots. */
    void end(RequestKey key) {
        SharedRequest mine = requests.remove(key);
        if (mine != null && mine.isReady()) {
            calls.submit(new Call.End(key));
        }
    }

    void transfer(RequestKey key, Owner to) {
        find(key).ifPresent(mine -> {
            mine.setOwner(to);
            if (mine.isReady()) {
                calls.submit(new Call.Transfer(key, to));
            }
        });
    }

    /** An effect in the controller's own groups. Whether that is all for now: the requester is to hear of it later. */
    boolean onLocal(Effect effect) {
        SharedRequest mine = requests.get(effect.request());
        if (mine == null) {
            return false;
        }
        if (effect instanceof Effect.Granted granted) {
            mine.gotLocal(granted);
            ask(mine);
            return true;
        }
        if (effect instanceof Effect.Ended) {
            end(effect.request());
        }
        return false;
    }

    /** Tells a requester what the shared groups have caused. Called in the order of the log. */
    void onNews(News news) {
        if (news instanceof News.Caused caused) {
            driver.execute(news.request(), () -> onEffect(calls.translated(caused.effect()), caused.fence()));
        } else if (news instanceof News.Stop stop) {
            stop(stop);
        } else if (news instanceof News.Refused refused) {
            refuse(refused.request(), refused.message());
        }
    }

    private void onEffect(Effect effect, long fence) {
        driver.metering().meter().shared(effect);
        SharedRequest mine = requests.get(effect.request());
        if (mine == null) {
            if (effect instanceof Effect.Left) {
                driver.note(effect);
            } else if (effect instanceof Effect.Granted || effect instanceof Effect.Queued) {
                // It ended meanwhile.
                calls.submit(new Call.End(effect.request()));
            }
            return;
        }
        driver.note(effect);
        if (effect instanceof Effect.Granted granted) {
            mine.granted(granted, fence).ifPresent(driver::tell);
        } else if (effect instanceof Effect.Queued queued) {
            mine.queued(queued, Instant.now());
            driver.tell(effect);
        } else if (effect instanceof Effect.Ended) {
            requests.remove(effect.request());
            driver.endAndTell(effect);
        } else if (effect instanceof Effect.CancelRunning && mine.leave()) {
            driver.tell(effect);
        }
    }

    /** Its body is to stop at once; one that waits does not wait any more. */
    private void stop(News.Stop stop) {
        driver.execute(
                stop.request(),
                () -> find(stop.request()).ifPresent(mine -> {
                    SharedStop why = SharedStop.of(stop.why());
                    LOGGER.log(Level.INFO, "{0} is stopped: {1}", new Object[] {mine.owner(), stop.why()});
                    if (mine.isRunning() && !mine.owner().queueItem()) {
                        Runs.find(mine.owner())
                                .ifPresent(run -> Runs.interrupt(run, Result.ABORTED, why.interruption(mine.group())));
                    } else {
                        refuse(mine, why.text(mine.group()));
                    }
                }));
    }

    /** It can never be granted. */
    void refuse(RequestKey key, String why) {
        driver.execute(key, () -> find(key).ifPresent(mine -> refuse(mine, why)));
    }

    /** Those that do not have their slots when it is their turn: some may be about to be told that they do. */
    void refuseWaiting(String why) {
        requests.keySet()
                .forEach(key -> driver.execute(
                        key, () -> find(key).filter(mine -> !mine.isRunning()).ifPresent(mine -> refuse(mine, why))));
    }

    private void refuse(SharedRequest mine, String why) {
        Optional<Requester> requester = driver.requester(mine.key());
        end(mine.key());
        driver.end(mine.key());
        requester.ifPresent(asked -> asked.refuse(why));
    }

    /** Writes a line to the log of each build that waits for shared groups. */
    void tellWaiting(Supplier<String> line) {
        requests.values().stream()
                .filter(mine -> mine.isReady() && !mine.isRunning())
                .forEach(mine -> driver.tell(mine.key(), requester -> requester.told(line)));
    }

    /** Follows a job or a folder to its new full name. */
    void relocate(String from, String to) {
        boolean any = false;
        for (SharedRequest mine : requests.values()) {
            Owner before = mine.owner();
            Owner after = before.relocated(from, to);
            mine.setOwner(after);
            any |= !after.equals(before);
        }
        if (any) {
            calls.submit(new Call.Relocate(from, to));
        }
    }
}
