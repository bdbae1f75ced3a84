package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.List;
import java.util.Random;

/** How long builds run, in milliseconds. */
interface Durations {
    /** @param number which build of its job it is, from 0 */
    long next(Random random, int number);

    static Durations fixed(long millis) {
        return (random, number) -> millis;
    }

    static Durations logNormal(long median, double sigma) {
        return (random, number) -> Math.round(median * Math.exp(sigma * random.nextGaussian()));
    }

    /** One of these at random. */
    static Durations empirical(List<Long> seen) {
        return (random, number) -> seen.get(random.nextInt(seen.size()));
    }

    /** These, one after the other. */
    static Durations recorded(List<Long> seen) {
        return (random, number) -> seen.get(Math.min(number, seen.size() - 1));
    }
}
