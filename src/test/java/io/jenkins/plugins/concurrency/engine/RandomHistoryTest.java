package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class RandomHistoryTest {
    private static final String SEED = "concurrency.seed";
    private static final int HISTORIES = Integer.getInteger("concurrency.histories", 920);
    private static final int CALLS_EACH = 110;

    @Test
    void theEngineDoesWhatTheModelDoesWhateverIsCalled() {
        Long given = Long.getLong(SEED);
        if (given != null) {
            run(given);
            return;
        }
        long first = ThreadLocalRandom.current().nextLong();
        int calls = 0;
        for (long seed = first; seed != first + HISTORIES; seed++) {
            calls += run(seed);
        }
        assertThat(calls, greaterThanOrEqualTo(HISTORIES * 108));
    }

    private static int run(long seed) {
        try {
            return new RandomHistory(seed).run(CALLS_EACH);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Run this history again with -D" + SEED + "=" + seed, e);
        }
    }
}
