package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.engine.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTextTest {
    @ParameterizedTest
    @EnumSource(names = {"QUEUE_FULL_CANCELLED", "QUEUE_FULL_FAILED"})
    void aBuildThatFoundTheQueueFullIsToldSoWhereverItIsTold(Outcome outcome) {
        assertEquals("The queue was full", OutcomeText.inShort(outcome));
        assertEquals(Interruption.Kind.QUEUE_FULL, Interruption.Kind.of(outcome));
    }
}
