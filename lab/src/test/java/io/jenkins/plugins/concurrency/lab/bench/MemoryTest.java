package io.jenkins.plugins.concurrency.lab.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {
    private static final double MOST = 400;

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "1000,false"})
    void aWaitingRequestTakesAtMostThatManyBytes(int jobs, boolean deadline) {
        assertThat(Memory.perWaitingRequest(6_000, jobs, 1, deadline), lessThanOrEqualTo(MOST));
    }
}
