package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Runs a body again when it has failed, but not when the build was stopped. */
public final class Retrying {
    private Retrying() {}

    /** @param most how often it runs at most */
    public static Task task(long most, Task body) {
        return (context, then) ->
                Tasks.then(body, outcome -> next(most - 1, body, outcome)).start(context, then);
    }

    private static Task next(long left, Task body, Outcome outcome) {
        boolean again = outcome.isFailure()
                && left > 0
                && !(outcome.getAbnormal() instanceof FlowInterruptedException stopped
                        && stopped.isActualInterruption());
        return again ? task(left, body) : ended(outcome);
    }

    private static Task ended(Outcome outcome) {
        return (context, then) -> {
            then.accept(outcome);
            return cause -> {};
        };
    }
}
