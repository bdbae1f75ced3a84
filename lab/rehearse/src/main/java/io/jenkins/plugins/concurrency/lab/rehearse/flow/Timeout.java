package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** A body that is stopped after some time. */
public final class Timeout implements Task {
    private final VirtualTime time;
    private final long millis;
    private final Task body;

    public Timeout(VirtualTime time, long millis, Task body) {
        this.time = time;
        this.millis = millis;
        this.body = body;
    }

    @Override
    public Running start(Context context, Consumer<Outcome> then) {
        FlowInterruptedException exceeded = new FlowInterruptedException("ABORTED", "Timeout has been exceeded");
        Running[] running = new Running[1];
        VirtualTime.Plan end = time.in(millis, () -> running[0].stop(exceeded));
        running[0] = body.start(context, outcome -> {
            end.cancel();
            if (outcome.getAbnormal() == exceeded) {
                exceeded.setActualInterruption(false);
            }
            then.accept(outcome);
        });
        return running[0];
    }
}
