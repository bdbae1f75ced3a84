package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.List;
import java.util.Random;

/** When the builds of a job come, in milliseconds from the start. */
interface Arrivals {
    /** A stream of moments, each no earlier than the one before, {@link #NONE} at the end. */
    interface Stream {
        long next();
    }

    long NONE = Long.MAX_VALUE;

    Stream start(Random random);

    static Arrivals at(List<Long> moments) {
        List<Long> sorted = moments.stream().sorted().toList();
        return random -> new Stream() {
            private int next;

            @Override
            public long next() {
                return next < sorted.size() ? sorted.get(next++) : NONE;
            }
        };
    }

    /** So many at once, every so often. */
    static Arrivals bursts(int size, long every, long first) {
        return random -> new Stream() {
            private long count;

            @Override
            public long next() {
                return first + every * (count++ / size);
            }
        };
    }

    /** At random, independent of each other. */
    static Arrivals poisson(double perHour) {
        double mean = 3_600_000 / perHour;
        return random -> new Stream() {
            private double now;

            @Override
            public long next() {
                now -= Math.log(1 - random.nextDouble()) * mean;
                return (long) now;
            }
        };
    }
}
