package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Several branches at once. They all end before it does; it fails with the worst failure of theirs. */
public final class Parallel implements Task {
    private final VirtualTime time;
    private final Map<String, Task> branches;
    private final boolean failFast;

    /** @param failFast whether the first failure stops the other branches */
    public Parallel(VirtualTime time, Map<String, Task> branches, boolean failFast) {
        this.time = time;
        this.branches = new LinkedHashMap<>(branches);
        this.failFast = failFast;
    }

    @Override
    public Running start(Context context, Consumer<Outcome> then) {
        if (branches.isEmpty()) {
            return Tasks.done(time, new Outcome(Map.of(), null)).start(context, then);
        }
        Join join = new Join(then);
        branches.forEach((name, task) ->
                join.running.put(name, task.start(context.inBranch(name), outcome -> join.ended(name, outcome))));
        return join;
    }

    private final class Join implements Running {
        final Map<String, Running> running = new LinkedHashMap<>();
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final List<Throwable> failures = new ArrayList<>();
        private final Consumer<Outcome> then;
        private int ended;

        Join(Consumer<Outcome> then) {
            this.then = then;
        }

        void ended(String name, Outcome outcome) {
            running.remove(name);
            ended++;
            if (outcome.isFailure()) {
                failures.add(outcome.getAbnormal());
                if (failFast && failures.size() == 1) {
                    FlowInterruptedException failed =
                            new FlowInterruptedException("ABORTED", "Failed in branch " + name);
                    List.copyOf(running.values()).forEach(branch -> branch.stop(failed));
                }
            } else {
                values.put(name, outcome.getNormal());
            }
            if (ended == branches.size()) {
                then.accept(failures.isEmpty() ? new Outcome(values, null) : new Outcome(null, worst()));
            }
        }

        private Throwable worst() {
            return failFast
                    ? failures.get(0)
                    : failures.stream()
                            .min(Comparator.comparing(Parallel::mildness))
                            .orElseThrow();
        }

        /** From young to old, as Pipeline does. */
        @Override
        public void stop(Throwable cause) {
            List<Running> branches = new ArrayList<>(running.values());
            Collections.reverse(branches);
            branches.forEach(branch -> branch.stop(cause));
        }
    }

    /** As the step compares them: errors of the program, then those of steps, then interruptions by their result. */
    private static int mildness(Throwable failure) {
        if (failure instanceof FlowInterruptedException interruption) {
            return 10 - Results.badness(interruption.getResult());
        }
        return failure instanceof hudson.AbortException ? 1 : 0;
    }
}
