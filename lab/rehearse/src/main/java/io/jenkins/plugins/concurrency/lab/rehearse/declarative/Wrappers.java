package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Puts the steps that stand in {@code options} around a body, the first one outermost. */
final class Wrappers {
    private static final Set<String> STEPS =
            Set.of("concurrency", "timeout", "retry", "lock", "catchError", "warnError", "withEnv");

    private Wrappers() {}

    static Task around(Lines options, Task body, Build build) {
        if (options == null) {
            return body;
        }
        List<Lines.Line> lines = new ArrayList<>(options.all());
        java.util.Collections.reverse(lines);
        Task task = body;
        for (Lines.Line line : lines) {
            if (STEPS.contains(line.name())) {
                task = wrapped(line, task, build);
            }
        }
        return task;
    }

    private static Task wrapped(Lines.Line line, Task body, Build build) {
        return (context, then) -> {
            Task task;
            try {
                task = (Task) Steps.around(line.name(), new LinkedHashMap<>(line.arguments()), body, build);
            } catch (AbortException | RuntimeException x) {
                task = Tasks.done(build.world().time(), new Outcome(null, x));
            }
            return task.start(context, then);
        };
    }
}
