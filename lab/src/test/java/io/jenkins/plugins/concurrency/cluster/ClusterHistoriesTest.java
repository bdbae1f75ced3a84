package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Histories of controllers with lost answers, crashes, cuts, frozen processes and clocks that run as they like. More of them
 * with -Dconcurrency.histories=…; the one that fails is run again with -Dconcurrency.seed=…
 */
class ClusterHistoriesTest {
    private static final int FEW = 100;
    private static final int ENOUGH_TO_NOTICE = 2_000;

    @Test
    void whateverHappensNobodyIsInsideBesideTooManyAndNobodyWaitsForEver() {
        Long given = Long.getLong("concurrency.seed");
        if (given != null) {
            run(given);
            return;
        }
        int histories = Integer.getInteger("concurrency.histories", FEW);
        long first = ThreadLocalRandom.current().nextLong() >>> 1;
        System.out.println("Histories from seed " + first + " on: " + histories);
        long begun = System.nanoTime();
        long bodies = 0;
        for (long seed = first; seed < first + histories; seed++) {
            bodies += run(seed);
        }
        System.out.printf(
                "%,d histories, %,d bodies, no violation, in %d s%n",
                histories, bodies, (System.nanoTime() - begun) / 1_000_000_000);
        assertThat(bodies, greaterThan((long) histories));
    }

    private static int run(long seed) {
        try {
            return new ClusterHistory(seed, MemoryRealm.Mistake.NONE).run();
        } catch (AssertionError | RuntimeException x) {
            throw new AssertionError("Run this history again with -Dconcurrency.seed=" + seed, x);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeIsNoticed(MemoryRealm.Mistake mistake) {
        Violation violation = assertThrows(Violation.class, () -> {
            for (long seed = 0; seed < ENOUGH_TO_NOTICE; seed++) {
                try {
                    new ClusterHistory(seed, mistake).run();
                } catch (Violation x) {
                    throw new Violation("history " + seed + ": " + x.getMessage());
                }
            }
        });
        System.out.println(mistake + " is noticed in " + violation.getMessage());
    }
}
