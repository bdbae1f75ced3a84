package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadsTest {
    private static final int THREADS = 8;
    private static final int REQUESTS = 2_000;
    private static final int LIMIT = 3;

    private final Engine engine = Engine.open(InstantSource.system());
    private final Map<RequestKey, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger[] running = {new AtomicInteger(), new AtomicInteger()};
    private final AtomicInteger most = new AtomicInteger();

    private static GroupKey group(int index) {
        return new GroupKey(Scope.FOLDER, "", "group" + index);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void manyThreadsNeverGetMoreThanTheLimitAndAllAreServed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                work.add(() -> ask(number));
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(most.get(), lessThanOrEqualTo(LIMIT));
        assertThat(outcomes.size(), is(THREADS * REQUESTS));
        assertThat(outcomes.values().stream().filter(times -> times.get() != 1).toList(), empty());
        assertThat(engine.groups(), empty());
        assertThat(Leftovers.of(engine), empty());
    }

    private Void ask(int thread) {
        Random random = new Random(thread);
        for (int i = 0; i < REQUESTS; i++) {
            List<Claim> claims = new ArrayList<>();
            int first = random.nextInt(2);
            claims.add(Claim.of(group(first), LIMIT));
            if (random.nextInt(3) == 0) {
                claims.add(Claim.of(group(1 - first), LIMIT));
            }
            RequestKey key = new RequestKey((long) thread * REQUESTS + i);
            outcomes.put(key, new AtomicInteger());
            carryOut(engine.request(
                    Request.of(key, Owner.build("job" + thread, i), Behavior.QUEUE, claims.toArray(Claim[]::new))));
        }
        return null;
    }

    /** Whoever is granted runs for no time, on the thread of whoever made room. */
    private void carryOut(List<Effect> effects) {
        Deque<Effect> left = new ArrayDeque<>(effects);
        while (!left.isEmpty()) {
            if (left.poll() instanceof Effect.Granted granted) {
                outcomes.get(granted.request()).incrementAndGet();
                granted.grants()
                        .forEach(grant -> most.accumulateAndGet(counter(grant).incrementAndGet(), Math::max));
                Thread.yield();
                granted.grants().forEach(grant -> counter(grant).decrementAndGet());
                left.addAll(engine.end(granted.request()));
            }
        }
    }

    private AtomicInteger counter(Grant grant) {
        return running[grant.group().equals(group(0)) ? 0 : 1];
    }
}
