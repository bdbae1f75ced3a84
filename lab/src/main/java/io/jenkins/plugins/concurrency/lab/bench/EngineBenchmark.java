package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Order;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine's calls cost, by how many wait.
 *
 * @since 1.0
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class EngineBenchmark {
    private static final int PAGE = 50;

    /** All wait in one group. */
    @State(Scope.Thread)
    public static class OneGroup {
        /** How many. */
        @Param({"0", "100", "10000", "100000"})
        public int waiting;

        /** In which order. */
        @Param
        public Order order;

        private Crowd crowd;

        /** Lets them come. */
        @Setup
        public void fill() {
            crowd = new Crowd(1, waiting, 1, order);
        }
    }

    /** Ten wait in each of 10,000 groups. */
    @State(Scope.Thread)
    public static class ManyGroups {
        private Crowd crowd;
        private int next;

        /** Lets them come. */
        @Setup
        public void fill() {
            crowd = new Crowd(10_000, 10, 1, Order.FIFO);
        }
    }

    /** All ask for one slot of each of three groups. */
    @State(Scope.Thread)
    public static class ThreeClaims {
        private Crowd crowd;

        /** Lets them come. */
        @Setup
        public void fill() {
            crowd = new Crowd(1, 10_000, 3, Order.FIFO);
        }
    }

    /** A page of a long queue. */
    @State(Scope.Thread)
    public static class Page {
        /** Where it starts. */
        @Param({"0", "90000"})
        public int from;

        private Crowd crowd;

        /** Lets them come. */
        @Setup
        public void fill() {
            crowd = new Crowd(1, 100_000, 1, Order.FIFO);
        }
    }

    /** The least that anything fair can cost. */
    @State(Scope.Thread)
    public static class Floor {
        private final Semaphore semaphore = new Semaphore(5, true);
    }

    /** A request comes and a lease ends, in one group. */
    @Benchmark
    public int pair(OneGroup state) {
        return state.crowd.pair(0);
    }

    /** The same, each time in another of many groups. */
    @Benchmark
    public int pairInManyGroups(ManyGroups state) {
        state.next = (state.next + 7_919) % state.crowd.groupCount();
        return state.crowd.pair(state.next);
    }

    /** The same with three claims. */
    @Benchmark
    public int pairOfThreeClaims(ThreeClaims state) {
        return state.crowd.pair(0);
    }

    /** Somebody looks at a page of those who wait. */
    @Benchmark
    public GroupView page(Page state) {
        return state.crowd
                .engine()
                .group(state.crowd.group(0), state.from, PAGE)
                .orElseThrow();
    }

    /** A fair semaphore that nobody else wants. */
    @Benchmark
    public int semaphore(Floor state) throws InterruptedException {
        state.semaphore.acquire();
        state.semaphore.release();
        return state.semaphore.availablePermits();
    }
}
