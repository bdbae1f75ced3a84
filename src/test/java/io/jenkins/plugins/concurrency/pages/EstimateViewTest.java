package io.jenkins.plugins.concurrency.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.concurrency.engine.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateViewTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");

    private static EstimateView after(Duration range) {
        return new EstimateView(new Estimate(FIRST, FIRST, Optional.of(FIRST.plus(range))));
    }

    @Test
    void aShortRangeIsShownWithSecondsAsBothEndsMayBeInOneMinute() {
        assertEquals("medium", after(Duration.ofSeconds(20)).getTimeStyle());
        assertEquals("short", after(Duration.ofMinutes(5)).getTimeStyle());
    }

    @Test
    void aRangeWithoutAnEndHasOneTime() {
        EstimateView open = new EstimateView(new Estimate(FIRST, FIRST, Optional.empty()));
        assertEquals(FIRST, open.getEarliest().toInstant());
        assertNull(open.getLatest());
        assertEquals("short", open.getTimeStyle());
    }
}
