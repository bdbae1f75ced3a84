package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import java.util.function.Consumer;

/** Passes on how a task ended, and nothing after that: one that is stopped when it has just ended ends only once. */
public final class Once implements Consumer<Outcome> {
    private final Consumer<Outcome> then;
    private boolean over;

    public Once(Consumer<Outcome> then) {
        this.then = then;
    }

    /** Whether it was told. */
    public boolean isOver() {
        return over;
    }

    @Override
    public void accept(Outcome outcome) {
        if (!over) {
            over = true;
            then.accept(outcome);
        }
    }
}
