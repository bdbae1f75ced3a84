package io.jenkins.plugins.concurrency.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aRangeThatLooksLikeAMomentIsOne() {
        assertTrue(after(Duration.ofMillis(900)).isMoment());
        assertFalse(after(Duration.ofSeconds(1)).isMoment());
    }

    @Test
    void aRangeWithoutAnEndHasOneTime() {
        EstimateView open = new EstimateView(new Estimate(FIRST, FIRST, Optional.empty()));
        assertEquals(FIRST, open.getEarliest().toInstant());
        assertNull(open.getLatest());
        assertFalse(open.isMoment());
        assertEquals("short", open.getTimeStyle());
    }
}
