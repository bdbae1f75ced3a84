package io.jenkins.plugins.concurrency.rehearse;

import java.util.ArrayList;
import java.util.List;

/** Where a build is: at which semaphores it stands, for how many blocks it waits, or how it ended. */
final class BuildState {
    private final String result;
    private final List<String> semaphores = new ArrayList<>();
    private int waiting;

    /** @param result null if it has not ended */
    BuildState(String result) {
        this.result = result;
    }

    void add(String semaphore) {
        semaphores.add(semaphore);
    }

    void remove(String semaphore) {
        semaphores.remove(semaphore);
    }

    void waits() {
        waiting++;
    }

    @Override
    public String toString() {
        return result != null ? result : "at " + semaphores.stream().sorted().toList() + ", waits for " + waiting;
    }
}
