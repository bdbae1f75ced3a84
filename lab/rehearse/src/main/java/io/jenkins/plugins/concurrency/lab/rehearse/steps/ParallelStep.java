package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Parallel;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/** The step {@code parallel}, whose arguments are blocks. */
final class ParallelStep {
    private ParallelStep() {}

    static Task start(Object[] arguments, Build build) {
        if (arguments.length != 1 || !(arguments[0] instanceof Map<?, ?> given)) {
            throw new IllegalArgumentException(
                    "The step 'parallel' needs branches: parallel(one: { … }, other: { … }).");
        }
        Map<String, Task> branches = new LinkedHashMap<>();
        boolean failFast = false;
        for (Map.Entry<?, ?> entry : given.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Closure<?> branch) {
                branches.put(name, build.program().body(branch));
            } else if (name.equals("failFast") && entry.getValue() instanceof Boolean on) {
                failFast = on;
            } else {
                throw new IllegalArgumentException(
                        "The branch '" + name + "' of the step 'parallel' is no block. Write " + name + ": { … }.");
            }
        }
        return new Parallel(build.world().time(), branches, failFast);
    }
}
