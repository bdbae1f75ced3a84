package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.VirtualTime;

/** Runs a body until it is true, with longer and longer pauses. */
final class WaitUntil {
    private static final long FIRST_PAUSE = 250;
    private static final long LONGEST_PAUSE = 15_000;

    private WaitUntil() {}

    static Task task(VirtualTime time, Task body) {
        return again(time, body, FIRST_PAUSE);
    }

    private static Task again(VirtualTime time, Task body, long pause) {
        return Tasks.then(body, outcome -> {
            if (outcome.isFailure() || isTrue(outcome.getNormal())) {
                return Tasks.done(time, outcome.isFailure() ? outcome : new Outcome(null, null));
            }
            return Tasks.then(
                    Tasks.delay(time, pause, null),
                    paused -> paused.isFailure()
                            ? Tasks.done(time, paused)
                            : again(time, body, Math.min(LONGEST_PAUSE, pause * 6 / 5)));
        });
    }

    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value);
    }
}
