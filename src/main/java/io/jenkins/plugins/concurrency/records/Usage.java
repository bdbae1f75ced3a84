package io.jenkins.plugins.concurrency.records;

import java.time.Duration;
import java.time.Instant;

/**
 * How a group was used in a span of time.
 *
 * @param from when the span began
 * @param span how long it is
 * @param used how many slots were in use, on average over the span
 * @param limit the highest limit of the span
 * @param mostWaiting how many waited at most
 * @param granted how many requests got their slots
 * @param waited how long these waited, in all
 * @param longest how long the one of them waited that waited longest
 */
public record Usage(
        Instant from,
        Duration span,
        double used,
        int limit,
        int mostWaiting,
        int granted,
        Duration waited,
        Duration longest) {
    /** What a page shows at once. */
    public enum Period {
        /** 24 hours, in spans of ten minutes. */
        HOURS(Duration.ofMinutes(10), 144),
        /** 14 days, in spans of two hours. */
        DAYS(Duration.ofHours(2), 168),
        /** 26 weeks, in spans of a day. */
        WEEKS(Duration.ofDays(1), 182);

        private final Duration span;
        private final int count;

        Period(Duration span, int count) {
            this.span = span;
            this.count = count;
        }

        /** How long each span is. */
        public Duration span() {
            return span;
        }

        /** How many spans there are. */
        public int count() {
            return count;
        }
    }
}
