package io.jenkins.plugins.concurrency.records;

import java.util.Arrays;

/** What is added up of one span of time. Not safe for several threads. */
final class UsageSpan {
    private static final int VALUES = 6;

    /** Slots times milliseconds. */
    long used;

    int limit;
    int mostWaiting;
    int granted;
    long waited;
    long longest;

    UsageSpan copy() {
        UsageSpan copy = new UsageSpan();
        copy.add(this);
        return copy;
    }

    void add(UsageSpan other) {
        used += other.used;
        saw(other.limit, other.mostWaiting);
        granted += other.granted;
        waited += other.waited;
        longest = Math.max(longest, other.longest);
    }

    void saw(int seenLimit, int seenWaiting) {
        limit = Math.max(limit, seenLimit);
        mostWaiting = Math.max(mostWaiting, seenWaiting);
    }

    void granted(long after) {
        granted++;
        waited += after;
        longest = Math.max(longest, after);
    }

    /** As it is stored. */
    String text() {
        return used + " " + limit + " " + mostWaiting + " " + granted + " " + waited + " " + longest;
    }

    /** @throws IllegalArgumentException if that is none */
    static UsageSpan parse(String text) {
        long[] values =
                Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
        if (values.length != VALUES) {
            throw new IllegalArgumentException("No use of a span of time: " + text);
        }
        UsageSpan span = new UsageSpan();
        span.used = values[0];
        span.saw((int) values[1], (int) values[2]);
        span.granted = (int) values[3];
        span.waited = values[4];
        span.longest = values[5];
        return span;
    }
}
