package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");

    private Instant minute(long minutes) {
        return start.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void theFirstChangeIsToldAtOnceThenEverLessOften() {
        List<Long> told = new ArrayList<>();
        for (long minute = 0; minute <= 200; minute++) {
            if (pace.isTime(minute(minute), false)) {
                pace.told(minute(minute));
                told.add(minute);
            }
        }
        assertEquals(List.of(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L), told);
    }

    @Test
    void whoComesToTheFrontWaitsAMinuteForThatAtMost() {
        for (long minute : new long[] {0, 1, 3, 7}) {
            pace.told(minute(minute));
        }
        assertFalse(pace.isTime(minute(8), false));
        assertFalse(pace.isTime(minute(8).minusSeconds(1), true));
        assertTrue(pace.isTime(minute(8), true));
    }
}
