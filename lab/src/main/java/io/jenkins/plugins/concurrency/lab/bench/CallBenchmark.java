package io.jenkins.plugins.concurrency.lab.bench;

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
 * What each call costs that once went through all there is, by how many there are.
 *
 * @since 1.0
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class CallBenchmark {
    /** One kind of call, among so many. */
    @State(Scope.Thread)
    public static class Among {
        /** Which one. */
        @Param({
            "LATEST_AMONG_RUNNING",
            "CANCEL_AMONG_RUNNING",
            "BRANCH_AMONG_BRANCHES",
            "DISPLACE_OLDEST",
            "FIND_FAIR",
            "LAST_PAGE_FAIR",
            "LAST_PAGE_RUNNING",
            "GROUPS",
            "RELOCATE_GROUPS",
            "OWNERS",
            "REQUESTS_IN"
        })
        public String call;

        /** How many. */
        @Param({"100", "1000", "10000", "100000"})
        public int count;

        private Call.Setting setting;
        private Call called;

        /** Lets them come. */
        @Setup
        public void fill() {
            setting = new Call.Setting();
            called = Call.valueOf(call);
            called.fill(setting, count);
        }
    }

    /** A search for a deadlock, among so many that wait inside others. */
    @State(Scope.Thread)
    public static class Nested {
        /** How they stand to each other. */
        @Param({"CHAIN", "POOL", "FAIR_POOL", "MANY_GROUPS"})
        public String shape;

        /** How many. Of the parameters' names, which decide their order, this is the last one. */
        @Param({"100", "1000"})
        public int waiting;

        private Searched nest;

        /** Lets them come. */
        @Setup
        public void fill() {
            nest = Searched.of(shape, waiting);
        }
    }

    /** One call. */
    @Benchmark
    public Object call(Among among) {
        return among.called.run(among.setting, among.count);
    }

    /** A request comes, so that a deadlock is looked for, and goes. */
    @Benchmark
    public int deadlock(Nested nested) {
        return nested.nest.comeAndGo();
    }
}
