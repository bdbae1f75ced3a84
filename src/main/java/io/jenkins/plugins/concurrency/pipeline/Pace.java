package io.jenkins.plugins.concurrency.pipeline;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a log is told of a wait: of the first change at once, then once a minute at most, and ever less often. Who comes to
 * the front needs to know that within a minute.
 */
final class Pace {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Duration pause = Duration.ZERO;
    private Instant last = Instant.MIN;

    /** Whether it is time for one more line. If not, whoever asks again later tells what holds by then. */
    boolean isTime(Instant now, boolean front) {
        Duration least = front && pause.compareTo(SHORTEST) > 0 ? SHORTEST : pause;
        return pause.isZero() || !now.isBefore(last.plus(least));
    }

    void told(Instant now) {
        last = now;
        pause = pause.isZero() ? SHORTEST : pause.multipliedBy(2);
        if (pause.compareTo(LONGEST) > 0) {
            pause = LONGEST;
        }
    }
}
