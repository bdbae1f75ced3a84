package io.jenkins.plugins.concurrency.lab.rehearse;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;

/** Runs a plan within a bound of time and memory, whatever its programs do. */
public final class Bounded {
    /** A rehearsal that looks at the clock ends by itself before that. */
    private static final long PATIENCE = 5_000;

    private Bounded() {}

    /**
     * @return what happened
     * @throws RehearsalException if a Jenkinsfile is wrong, or it all takes too long or too much memory
     */
    public static Journal run(Plan plan) {
        Attempt attempt = new Attempt(plan);
        Thread thread = new Thread(null, attempt, "rehearsal", 16L << 20);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(plan.seconds() * 1000 + PATIENCE);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
        return attempt.result();
    }

    /** It goes on behind a deadline, and nobody looks at it any more. */
    private static final class Attempt implements Runnable {
        private final Plan plan;
        private volatile Journal journal;
        private volatile Throwable failure;

        Attempt(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void run() {
            try {
                journal = Rehearsal.run(plan);
            } catch (RuntimeException | Error x) {
                failure = x;
            }
        }

        Journal result() {
            if (failure instanceof OutOfMemoryError) {
                throw new StoppedException("The rehearsal needs more memory than there is. Rehearse fewer builds,"
                        + " look for a list or a text that grows for ever, or give it more with java -Xmx.");
            }
            if (failure instanceof RuntimeException x) {
                throw x;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            if (journal == null) {
                throw new StoppedException("The rehearsal was stopped after " + plan.seconds()
                        + " seconds, in the middle of something. Look for a loop without an end in a @NonCPS method,"
                        + " or give it longer with --time-limit.");
            }
            return journal;
        }
    }
}
