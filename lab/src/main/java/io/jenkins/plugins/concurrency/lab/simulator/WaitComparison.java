package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How far simulated waits are from those that were recorded, in milliseconds. */
final class WaitComparison {
    private final List<Long> differences = new ArrayList<>();
    private boolean sorted;

    void add(long recorded, long simulated) {
        differences.add(Math.abs(recorded - simulated));
        sorted = false;
    }

    int count() {
        return differences.size();
    }

    /** The share of the builds that differ by no more than this. */
    double within(long millis) {
        return differences.stream().filter(difference -> difference <= millis).count() / (double) count();
    }

    /** That of the build in the middle, for 0.5, or of the worst one, for 1. */
    long difference(double share) {
        if (!sorted) {
            Collections.sort(differences);
            sorted = true;
        }
        return differences.get((int) Math.max(0, Math.ceil(share * count()) - 1));
    }
}
