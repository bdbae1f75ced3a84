package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Results;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Lets a build go on when a body has failed, with another result. */
final class Catching {
    private Catching() {}

    static Task task(Call call, String result, boolean interruptionsToo) throws AbortException {
        return Tasks.mapped(call.block(), outcome -> {
            if (outcome.isSuccess()) {
                return outcome;
            }
            Throwable failure = outcome.getAbnormal();
            if (!interruptionsToo
                    && failure instanceof FlowInterruptedException interruption
                    && interruption.isActualInterruption()) {
                return outcome;
            }
            call.build().worsen(failure instanceof FlowInterruptedException ? Results.of(failure) : result);
            call.build().note(Event.Kind.NOTE, "", "caught: " + failure.getMessage());
            return new Outcome(null, null);
        });
    }
}
