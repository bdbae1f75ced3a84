package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import java.util.function.Consumer;

/** A part of a build that takes virtual time: a step, or the body of one. It can be started several times. */
@FunctionalInterface
public interface Task {
    /**
     * Starts it.
     *
     * @param then is told once how it ended, never before this call has returned
     */
    Running start(Context context, Consumer<Outcome> then);
}
