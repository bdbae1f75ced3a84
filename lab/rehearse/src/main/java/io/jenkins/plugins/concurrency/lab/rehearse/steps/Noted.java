package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;

/** Notes down when a step starts and when it ends. */
final class Noted {
    private static final int LONGEST_LINE = 200;

    private Noted() {}

    static Task task(Build build, String text, Task task) {
        String line = line(text);
        return (context, then) -> {
            build.note(context, Event.Kind.STEP, "", line);
            return task.start(context, outcome -> {
                build.note(context, outcome.isSuccess() ? Event.Kind.STEP_DONE : Event.Kind.STEP_STOPPED, "", line);
                then.accept(outcome);
            });
        };
    }

    /** The first line of a text, if need be shortened. */
    static String line(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.length() > LONGEST_LINE ? first.substring(0, LONGEST_LINE) + "…" : first;
    }
}
