package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A controller that crashes between any two calls and recovers ends in the same grants, in the same order. */
class CrashPropertiesTest {
    private static final int REQUESTS = 40;
    private static final int LIMIT = 3;

    /** What the builds know: what they asked for and what became of it, which is all that survives a crash. */
    private static final class Builds implements InstantSource {
        final Map<RequestKey, Request> live = new LinkedHashMap<>();
        final Map<RequestKey, SavedState> pasts = new LinkedHashMap<>();
        final List<RequestKey> granted = new ArrayList<>();
        Engine engine = Engine.open(this);
        long now = 1_000;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        void carryOut(List<Effect> effects) {
            for (Effect effect : effects) {
                Instant then = Instant.ofEpochMilli(1_000);
                if (effect instanceof Effect.Queued queued) {
                    pasts.put(effect.request(), SavedState.waiting(queued.ticket(), then));
                } else if (effect instanceof Effect.Granted lease) {
                    granted.add(effect.request());
                    pasts.put(effect.request(), SavedState.running(lease.ticket(), then, then, lease.grants()));
                } else if (effect instanceof Effect.Ended) {
                    live.remove(effect.request());
                    pasts.remove(effect.request());
                }
            }
        }

        void come(Request request) {
            live.put(request.key(), request);
            carryOut(engine.request(request));
        }

        void end(RequestKey key) {
            live.remove(key);
            pasts.remove(key);
            carryOut(engine.end(key));
        }

        void crash(Random random) {
            engine = Engine.recovering(this);
            List<RequestKey> reports = new ArrayList<>(live.keySet());
            Collections.shuffle(reports, random);
            for (RequestKey key : reports) {
                carryOut(engine.restore(live.get(key), pasts.get(key)));
            }
            carryOut(engine.openGate());
        }

        Optional<RequestKey> running(int number) {
            List<RequestKey> all = pasts.entrySet().stream()
                    .filter(past -> past.getValue().runningSince().isPresent())
                    .map(Map.Entry::getKey)
                    .sorted((a, b) -> Long.compare(a.value(), b.value()))
                    .toList();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(number % all.size()));
        }
    }

    @Property(tries = 500)
    void aCrashChangesNothingThatAnybodyIsGranted(@ForAll long seed, @ForAll @IntRange(max = 80) int crashAt) {
        assertThat(history(seed, crashAt), is(history(seed, -1)));
    }

    private static List<RequestKey> history(long seed, int crashAt) {
        Random random = new Random(seed);
        Builds builds = new Builds();
        int requests = 0;
        for (int step = 0; requests < REQUESTS || !builds.live.isEmpty(); step++) {
            assertThat("some wait for ever", step, lessThan(REQUESTS * 100));
            builds.now++;
            if (step == crashAt) {
                builds.crash(new Random(seed));
            }
            if (requests < REQUESTS && random.nextInt(5) < 3) {
                builds.come(request(++requests, random));
            } else {
                builds.running(random.nextInt(100)).ifPresent(builds::end);
            }
        }
        return builds.granted;
    }

    private static Request request(int number, Random random) {
        Claim claim = new Claim(
                new GroupKey(Scope.FOLDER, "", "group" + random.nextInt(2)), 1 + random.nextInt(2), false, LIMIT);
        return Request.of(
                        new RequestKey(number),
                        // Not always in the order in which they were started.
                        Owner.build("job" + random.nextInt(3), number + random.nextInt(5)),
                        Behavior.values()[random.nextInt(Behavior.values().length)],
                        claim)
                .withPriority(random.nextInt(2));
    }
}
