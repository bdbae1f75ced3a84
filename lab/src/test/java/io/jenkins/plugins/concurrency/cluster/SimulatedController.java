package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** A controller of a simulation: its process, which crashes and freezes, and its builds, which know what they were told. */
final class SimulatedController implements SharedGroupsListener {
    static final Duration LOST_AFTER = Duration.ofSeconds(120);

    final String name;
    final SimulatedLog.Link link = new SimulatedLog.Link(this);
    final Map<Long, SimulatedBuild> builds = new TreeMap<>();
    private final MemoryRealm realm;
    private final SimulatedNetwork network;
    private final LongSupplier nanoTime;
    private final SimulationWitness witness;
    private final LongSupplier millis;
    Member member;
    /** The process that it is now. */
    String instance;
    /** The process that has a call on its way; null if none. */
    private Member sending;

    boolean frozen;
    boolean dead = true;
    boolean fenced;
    /** It was frozen, and has not looked since whether it may be lost: until then it cannot be blamed. */
    boolean blind;
    /** It crashed, and has not yet told its builds what they still have. */
    boolean recovering;
    /** Another one has its name. Which of them takes part, and what the other one's bodies do until it hears of that, is open. */
    boolean twin;

    /**
     * @param nanoTime its own clock, which may run too fast or too slow
     */
    SimulatedController(
            String name,
            MemoryRealm realm,
            SimulatedNetwork network,
            LongSupplier nanoTime,
            LongSupplier millis,
            SimulationWitness witness) {
        this.name = name;
        this.realm = realm;
        this.network = network;
        this.nanoTime = nanoTime;
        this.millis = millis;
        this.witness = witness;
    }

    void start(Map<GroupKey, SharedPolicy> groups, int snapshotEvery) {
        instance = name + "-" + ++network.processes;
        member = new Member(
                new SharedGroupsSettings(
                        name,
                        "",
                        LOST_AFTER,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        snapshotEvery),
                instance,
                new SimulatedLog(realm, instance, network, link),
                new SimulatedLog(realm, instance, network, link),
                this,
                Runnable::run,
                nanoTime);
        dead = false;
        member.submit(new Call.Declare(groups));
    }

    /** Sends what waits, unless it does so already: it has one thread for that, which may be waiting for an answer. */
    void flush() {
        Member now = member;
        if (sending != now) {
            sending = now;
            now.flush();
            sending = null;
        }
    }

    boolean acts() {
        return !frozen && !dead;
    }

    /** @return whether it has looked who is there */
    boolean turn() {
        long before = member.realm().answered();
        member.turn();
        blind = false;
        recovering &= !takesPart();
        return member.realm().answered() != before;
    }

    /** As a thread of its own does all the time. */
    void watch() {
        member.watch();
        blind = false;
    }

    boolean takesPart() {
        return member.takesPart();
    }

    void ask(Request request) {
        SimulatedBuild build = new SimulatedBuild(request);
        builds.put(request.key().value(), build);
        CompletableFuture<Answer> answer = member.submit(new Call.Ask(request));
        answer.whenComplete((done, failure) -> {
            if (failure != null) {
                build.state = SimulatedBuild.State.DONE;
            }
        });
    }

    /** Its body ends, or it is aborted while it waits. */
    void end(SimulatedBuild build) {
        if (build.state == SimulatedBuild.State.RUNNING) {
            witness.left(build.key());
        }
        build.state = SimulatedBuild.State.DONE;
        member.submit(new Call.End(build.key())).whenComplete((done, failure) -> build.ended = failure == null);
    }

    List<SimulatedBuild> in(SimulatedBuild.State state) {
        return builds.values().stream().filter(build -> build.state == state).toList();
    }

    /** The process dies; some builds do not come back, and of some the bodies go on meanwhile. */
    void crash() {
        dead = true;
        frozen = false;
        recovering = true;
        for (SimulatedBuild build : builds.values()) {
            if (build.state != SimulatedBuild.State.DONE && network.random.nextInt(3) == 0) {
                if (build.state == SimulatedBuild.State.RUNNING) {
                    witness.left(build.key());
                }
                build.state = SimulatedBuild.State.DONE;
            }
        }
    }

    @Override
    public CompletionStage<Report> report() {
        return CompletableFuture.completedFuture(new Report(
                in(SimulatedBuild.State.RUNNING).stream()
                        .map(SimulatedBuild::key)
                        .toList(),
                in(SimulatedBuild.State.WAITING).stream()
                        .map(build -> new Report.Waiting(build.request, build.place))
                        .toList()));
    }

    @Override
    public void onNews(News news) {
        if (Boolean.getBoolean("concurrency.trace")) {
            System.out.println("    " + this + " is told " + news);
        }
        SimulatedBuild build = builds.get(news.request().value());
        if (build == null) {
            // Another process had its name before.
            return;
        }
        if (news instanceof News.Stop stop) {
            stop(build, stop);
        } else if (news instanceof News.Refused) {
            build.state = SimulatedBuild.State.DONE;
        } else {
            News.Caused caused = (News.Caused) news;
            onEffect(build, caused.effect(), caused.fence());
        }
    }

    private void stop(SimulatedBuild build, News.Stop stop) {
        fenced |= stop.why() == News.Why.FENCED;
        if (build.state == SimulatedBuild.State.RUNNING) {
            witness.told(build.key());
            build.stopping = true;
        } else if (build.state == SimulatedBuild.State.WAITING) {
            build.state = SimulatedBuild.State.DONE;
        }
    }

    private void onEffect(SimulatedBuild build, Effect effect, long fence) {
        if (effect instanceof Effect.Queued queued && build.state == SimulatedBuild.State.WAITING) {
            build.place = Optional.of(new Report.Place(queued.ticket(), Instant.ofEpochMilli(millis.getAsLong())));
        } else if (effect instanceof Effect.Granted granted) {
            granted(build, granted, fence);
        } else if (effect instanceof Effect.Ended) {
            Violation.check(build.state != SimulatedBuild.State.RUNNING, "ended while it runs: " + build);
            build.state = SimulatedBuild.State.DONE;
        } else if (effect instanceof Effect.CancelRunning) {
            build.stopping = true;
        }
    }

    private void granted(SimulatedBuild build, Effect.Granted granted, long fence) {
        switch (build.state) {
            case WAITING -> {
                build.state = SimulatedBuild.State.RUNNING;
                build.fence = fence;
                witness.entered(this, granted, fence);
            }
            case RUNNING -> Violation.check(build.fence == fence, "granted twice: " + build);
            case DONE -> {
                // It was aborted meanwhile; but not if that was answered.
                Violation.check(!build.ended, "granted after its end: " + build);
                end(build);
            }
        }
    }

    @Override
    public void onEvent(Event event) {
        if (Boolean.getBoolean("concurrency.trace")) {
            System.out.println("    " + this + " sees " + event);
        }
        if (event instanceof Event.Fenced) {
            fenced = true;
            in(SimulatedBuild.State.WAITING).forEach(build -> build.state = SimulatedBuild.State.DONE);
        }
        Violation.check(!(event instanceof Event.ReplicaDiffered), "the replica of " + name + " differs: " + event);
    }

    @Override
    public String toString() {
        return name + (dead ? " dead" : frozen ? " frozen" : "");
    }
}
