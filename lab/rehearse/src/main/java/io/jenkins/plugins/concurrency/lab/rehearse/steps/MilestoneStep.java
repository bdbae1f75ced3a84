package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The step {@code milestone}: where a build has passed, no older one does. */
final class MilestoneStep {
    private MilestoneStep() {}

    static Object start(Call call) throws AbortException {
        Build build = call.build();
        int ordinal = (int) call.number("ordinal", build.milestone() + 1L);
        if (ordinal <= build.milestone()) {
            throw new AbortException("Milestone " + ordinal + " comes after " + build.milestone()
                    + ". Give each a higher 'ordinal' than the one before.");
        }
        build.passMilestone(ordinal);
        for (Build other : build.job().builds()) {
            if (other.number() < build.number() && other.isRunning() && other.milestone() < ordinal) {
                cancel(other, build);
            } else if (other.number() > build.number() && other.milestone() >= ordinal) {
                throw Steps.<RuntimeException>asItIs(interruption(other));
            }
        }
        return null;
    }

    private static void cancel(Build older, Build newer) {
        older.interrupt(interruption(newer));
    }

    private static FlowInterruptedException interruption(Build by) {
        return new FlowInterruptedException("NOT_BUILT", "Superseded by " + by.name() + " at a milestone");
    }
}
