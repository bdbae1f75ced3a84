package io.jenkins.plugins.concurrency.rehearse;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;

/** The same builds on a real Jenkins. */
final class RealBuilds {
    private static final String AT = "waiting on ";
    private static final int MANY = 1000;

    private final List<WorkflowJob> jobs;

    RealBuilds(List<WorkflowJob> jobs) {
        this.jobs = jobs;
    }

    /** Lets something happen that comes from outside. */
    void apply(Rehearsal.Stimulus stimulus) throws Exception {
        if (stimulus.isSchedule()) {
            job(stimulus.job()).scheduleBuild2(0);
        } else {
            Gates.eventually(
                    () -> release(stimulus), Gates.PATIENCE, () -> stimulus + ": nobody stands there; " + describe());
        }
    }

    private WorkflowJob job(String name) {
        return jobs.stream()
                .filter(job -> job.getFullName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean release(Rehearsal.Stimulus stimulus) throws Exception {
        WorkflowRun run = job(stimulus.job())
                .getBuildByNumber(Integer.parseInt(
                        stimulus.build().substring(stimulus.build().indexOf('#') + 1)));
        if (run == null) {
            return false;
        }
        for (SemaphoreStep.Execution gate : gates(run)) {
            if (name(gate).equals(stimulus.semaphore())) {
                gate.getContext().onSuccess(null);
                return true;
            }
        }
        return false;
    }

    /** Waits until all builds are where they are expected, and nothing is on its way. */
    void await(Map<String, String> expected, Duration patience, String after) throws Exception {
        Gates.eventually(
                () -> states().equals(expected),
                patience,
                () -> after + "\nexpected " + expected + "\nbut was  " + describe());
    }

    private String describe() {
        try {
            return states().toString();
        } catch (Exception x) {
            return x.toString();
        }
    }

    private Map<String, String> states() throws Exception {
        Map<String, String> states = new TreeMap<>();
        for (WorkflowJob job : jobs) {
            for (WorkflowRun run : job.getBuilds()) {
                states.put(run.getExternalizableId(), state(run).toString());
            }
        }
        return states;
    }

    private static BuildState state(WorkflowRun run) throws Exception {
        Result result = run.isLogUpdated() ? null : run.getResult();
        BuildState state = new BuildState(result == null ? null : result.toString());
        for (SemaphoreStep.Execution gate : gates(run)) {
            state.add(name(gate));
        }
        for (int i = 0; i < waiting(run); i++) {
            state.waits();
        }
        return state;
    }

    private static int waiting(WorkflowRun run) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Set<RequestKey> waiting = new HashSet<>();
        manager.groupsOf(run.getParent().getFullName()).stream()
                .flatMap(key -> manager.group(key, 0, MANY).stream())
                .flatMap(group -> group.waiting().stream())
                .filter(view -> view.owner().equals(Runs.owner(run)))
                .map(RequestView::key)
                .forEach(waiting::add);
        return waiting.size();
    }

    private static List<SemaphoreStep.Execution> gates(WorkflowRun run) throws Exception {
        FlowExecution execution = run.getExecution();
        List<StepExecution> steps = execution == null
                ? List.of()
                : execution.getCurrentExecutions(true).get();
        return steps.stream()
                .filter(SemaphoreStep.Execution.class::isInstance)
                .map(SemaphoreStep.Execution.class::cast)
                .filter(gate -> String.valueOf(gate.getStatus()).startsWith(AT))
                .toList();
    }

    /** Without which time it is that a semaphore of this name is met. */
    private static String name(SemaphoreStep.Execution gate) {
        return gate.getStatus().substring(AT.length()).replaceFirst("/\\d+$", "");
    }
}
