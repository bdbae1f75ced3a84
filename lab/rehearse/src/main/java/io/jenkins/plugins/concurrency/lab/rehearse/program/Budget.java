package io.jenkins.plugins.concurrency.lab.rehearse.program;

import io.jenkins.plugins.concurrency.lab.rehearse.StoppedException;
import java.time.InstantSource;

/** How much a rehearsal may compute. For one thread. */
public final class Budget {
    private static final int CHECK_EVERY = 4096;

    private final InstantSource time;
    private final long mostSteps;
    private final long deadline;
    private final long seconds;
    private int sinceCheck;

    /**
     * @param mostSteps so many steps of one build's program without any time passing are a loop without end
     * @param seconds for how long all builds together may compute, in real time
     */
    public Budget(InstantSource time, long mostSteps, long seconds) {
        this.time = time;
        this.mostSteps = mostSteps;
        this.seconds = seconds;
        this.deadline = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** What one build has used of it. */
    public final class Share {
        private long moment = -1;
        private long steps;

        /**
         * One more step.
         *
         * @return whether it is one too many
         */
        boolean isUsedUp() {
            if (++sinceCheck >= CHECK_EVERY) {
                sinceCheck = 0;
                if (System.nanoTime() > deadline) {
                    throw new StoppedException("The rehearsal was stopped after " + seconds
                            + " seconds. Rehearse fewer builds, or give it longer with --time-limit.");
                }
            }
            if (time.millis() != moment) {
                moment = time.millis();
                steps = 0;
            }
            return ++steps > mostSteps;
        }
    }
}
