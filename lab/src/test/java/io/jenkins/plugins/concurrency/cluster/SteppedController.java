package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** A controller that takes a step when the story says so, with what its builds know of themselves. */
final class SteppedController implements SharedGroupsListener {
    static final GroupKey RIG = new GroupKey(Scope.CONTROLLER, "", "rig");
    static final GroupKey POOL = new GroupKey(Scope.CONTROLLER, "", "pool");

    final List<String> told = new ArrayList<>();
    final Map<RequestKey, Request> waiting = new HashMap<>();
    final Map<RequestKey, Report.Place> places = new HashMap<>();
    final List<RequestKey> holding = new ArrayList<>();
    final Map<RequestKey, Long> fences = new HashMap<>();
    private final String name;
    private final MemoryRealm realm;
    private final LongSupplier millis;
    Member member;
    boolean frozen;
    /** What happens, once, while what it sends is on its way. */
    Runnable onTheWay = () -> {};

    SteppedController(String name, int process, MemoryRealm realm, LongSupplier millis) {
        this.name = name;
        this.realm = realm;
        this.millis = millis;
        start(process);
    }

    void start(int process) {
        String instance = name + process;
        member = new Member(
                new SharedGroupsSettings(
                        name,
                        "",
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        10),
                instance,
                new MemoryLog(realm, instance),
                new MemoryLog(realm, instance) {
                    @Override
                    public void append(Seat seat, long firstCall, List<byte[]> calls)
                            throws LogAwayException, FencedException {
                        Runnable meanwhile = onTheWay;
                        onTheWay = () -> {};
                        meanwhile.run();
                        super.append(seat, firstCall, calls);
                    }
                },
                this,
                Runnable::run,
                () -> millis.getAsLong() * 1_000_000);
        member.submit(new Call.Declare(Map.of(
                RIG, new SharedPolicy(Policy.ofLimit(1), WhenLost.HOLD),
                POOL, new SharedPolicy(Policy.ofLimit(1), WhenLost.FREE))));
    }

    void step() {
        if (!frozen) {
            member.turn();
            member.flush();
            member.turn();
            member.watch();
        }
    }

    CompletableFuture<Answer> ask(long build, GroupKey group) {
        return ask(Request.of(
                key(name, build),
                Owner.build("job", build),
                Behavior.QUEUE,
                new Claim(group, 1, false, Claim.ANY_LIMIT)));
    }

    CompletableFuture<Answer> ask(Request request) {
        waiting.put(request.key(), request);
        return member.submit(new Call.Ask(request));
    }

    void end(long build) {
        RequestKey key = key(name, build);
        holding.remove(key);
        waiting.remove(key);
        member.submit(new Call.End(key));
    }

    @Override
    public CompletionStage<Report> report() {
        return CompletableFuture.completedFuture(new Report(
                holding,
                waiting.values().stream()
                        .map(request -> new Report.Waiting(request, Optional.ofNullable(places.get(request.key()))))
                        .toList()));
    }

    @Override
    public void onNews(News news) {
        if (news instanceof News.Stop stop) {
            told.add("stop " + stop.request().value() % 100 + " " + stop.why());
            holding.remove(stop.request());
        } else if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Granted granted) {
            told.add("run " + granted.request().value() % 100);
            waiting.remove(granted.request());
            holding.add(granted.request());
            fences.put(granted.request(), caused.fence());
        } else if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Ended ended) {
            told.add("ended " + ended.request().value() % 100);
            waiting.remove(ended.request());
        } else if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Queued queued) {
            places.put(queued.request(), new Report.Place(queued.ticket(), Instant.ofEpochMilli(millis.getAsLong())));
        }
    }

    @Override
    public void onEvent(Event event) {
        told.add(event.getClass().getSimpleName());
    }

    static RequestKey key(String name, long build) {
        return new RequestKey(name.charAt(0) * 100L + build);
    }
}
