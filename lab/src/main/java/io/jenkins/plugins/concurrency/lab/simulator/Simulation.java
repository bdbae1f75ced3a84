package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.LimitChange;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.Recorded;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.SimulatedJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;

/** Runs the engine through one scenario in virtual time: it jumps from one event to the next. */
final class Simulation implements InstantSource {
    /** A job's source of builds; each has randomness of its own, so that all variants see the same builds. */
    private static final class Source {
        final SimulatedJob job;
        final Arrivals.Stream arrivals;
        final Random random;
        int count;

        Source(SimulatedJob job, long seed) {
            this.job = job;
            this.arrivals = job.arrivals().start(new Random(seed + job.name().hashCode()));
            this.random = new Random(seed - job.name().hashCode());
        }
    }

    /** Something happens; in the order of their times, and at the same time as they were planned. */
    private record Event(long at, long order, Runnable happens) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One build, from when it comes. */
    private static final class Build {
        final SimulatedJob job;
        /** Which one of those of this kind it is, from 0. */
        final int index;

        final RequestKey key;
        final long came;
        final long duration;
        List<Grant> grants = List.of();
        long started = -1;
        long ends = -1;

        Build(SimulatedJob job, int index, RequestKey key, long came, long duration) {
            this.job = job;
            this.index = index;
            this.key = key;
            this.came = came;
            this.duration = duration;
        }
    }

    /** Of the same moment, real builds come first, in the order in which they did. */
    private static final long AFTER_RECORDED = 1L << 40;

    private final Scenario scenario;
    private final Engine engine = Engine.open(this);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<RequestKey, Build> builds = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final EstimateTally estimates;
    private final Tally tally;
    private long now;
    private long planned;
    private long keys;

    private Simulation(Scenario scenario) {
        this.scenario = scenario;
        this.estimates = new EstimateTally(engine);
        this.tally = new Tally(scenario, estimates);
    }

    static Tally run(Scenario scenario) {
        return new Simulation(scenario).run();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    private Tally run() {
        engine.declare(scenario.groups());
        scenario.limits().forEach(change -> plan(change.at(), () -> changeLimit(change)));
        scenario.jobs().forEach(job -> planNext(new Source(job, scenario.seed())));
        while (!events.isEmpty()) {
            Event next = events.poll();
            expireUntil(next.at());
            now = next.at();
            next.happens().run();
        }
        expireUntil(Long.MAX_VALUE - 1);
        tally.finish(now);
        return tally;
    }

    private void plan(long at, Runnable happens) {
        events.add(new Event(at, AFTER_RECORDED + planned++, happens));
    }

    private void planNext(Source source) {
        long at = source.arrivals.next();
        if (at < scenario.until()) {
            List<Recorded> recorded = source.job.recorded();
            if (recorded.isEmpty()) {
                plan(at, () -> come(source));
            } else {
                events.add(new Event(at, recorded.get(source.count).place(), () -> come(source)));
            }
        }
    }

    private void expireUntil(long time) {
        engine.nextDeadline()
                .map(Instant::toEpochMilli)
                .filter(deadline -> deadline <= time)
                .ifPresent(deadline -> {
                    now = Math.max(now, deadline);
                    carryOut(engine.expire());
                    expireUntil(time);
                });
    }

    private void come(Source source) {
        SimulatedJob job = source.job;
        RequestKey key = new RequestKey(++keys);
        int number = source.count++;
        Build build = new Build(job, number, key, now, job.durations().next(source.random, number));
        builds.put(key, build);
        tally.came(job, now);
        Request request = new Request(
                key,
                Owner.build(job.name(), numbers.merge(job.name(), 1L, Long::sum)),
                job.claims(),
                job.behavior(),
                job.priority(),
                job.maxQueued(),
                job.waitTimeout().isPresent()
                        ? java.util.Optional.of(
                                Instant.ofEpochMilli(now + job.waitTimeout().getAsLong()))
                        : java.util.Optional.empty(),
                List.of());
        planNext(source);
        carryOut(engine.request(request));
    }

    private void changeLimit(LimitChange change) {
        carryOut(engine.overrideLimit(change.group(), OptionalInt.of(change.limit())));
    }

    private void end(Build build) {
        if (build.ends != now || builds.remove(build.key) == null) {
            // It was told to leave, and has left before.
            return;
        }
        tally.ended(build.job, build.grants, build.came, build.started, now);
        estimates.ended(build.job.name(), build.grants, build.started, now);
        carryOut(engine.end(build.key));
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            Build build = builds.get(effect.request());
            if (effect instanceof Effect.Queued queued) {
                tally.waits(effect.request(), queued.group(), now);
                if (effects.stream().noneMatch(other -> isEndOf(other, effect.request()))) {
                    estimates.waits(effect.request(), queued.group(), now);
                }
            } else if (effect instanceof Effect.Granted granted) {
                tally.granted(build.job, effect.request(), granted.grants(), build.came, now);
                estimates.started(effect.request(), now);
                compare(build);
                build.grants = granted.grants();
                build.started = now;
                endAt(build, now + build.duration);
            } else if (effect instanceof Effect.Ended ended) {
                tally.refused(build.job, effect.request(), ended, now);
                estimates.refused(effect.request());
                builds.remove(effect.request());
            } else if (effect instanceof Effect.CancelRunning cancel) {
                tally.cancelled(build.job, cancel.group());
                endAt(build, Math.min(build.ends, now + scenario.leaving()));
            }
        }
    }

    private void compare(Build build) {
        List<Recorded> recorded = build.job.recorded();
        if (!recorded.isEmpty()) {
            recorded.get(build.index)
                    .waited()
                    .ifPresent(waited -> tally.comparison().add(waited, now - build.came));
        }
    }

    /** What waited for a moment only waits no more when the effects are carried out. */
    private static boolean isEndOf(Effect effect, RequestKey request) {
        return effect.request().equals(request) && (effect instanceof Effect.Granted || effect instanceof Effect.Ended);
    }

    private void endAt(Build build, long time) {
        build.ends = time;
        plan(time, () -> end(build));
    }
}
