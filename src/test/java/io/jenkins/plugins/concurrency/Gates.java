package io.jenkins.plugins.concurrency;

import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.queue.AsynchronousExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The semaphores at which builds stand, found through the builds themselves: so it does not matter what they are called,
 * whether their job was renamed since, or the controller restarted.
 */
public final class Gates {
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EXECUTOR_PATIENCE = Duration.ofSeconds(5);
    private static final int MANY = 10_000;

    private Gates() {}

    /** A block around a semaphore. */
    public static String block(String arguments) {
        return "concurrency(" + arguments + ") { semaphore 'gate' }\n";
    }

    /** How many branches of a build are at a gate. */
    public static int countAtGate(WorkflowRun run) throws Exception {
        return gates(run).size();
    }

    public static boolean isAtGate(WorkflowRun run) throws Exception {
        return !gates(run).isEmpty();
    }

    public static void awaitAtGate(WorkflowRun... runs) throws Exception {
        for (WorkflowRun run : runs) {
            eventually(run + " gets to its gate", () -> isAtGate(run) || !run.isBuilding());
            assertTrue(isAtGate(run), () -> run + " ended:\n" + log(run));
        }
    }

    /** Lets those go on that are at a gate now. */
    public static void open(WorkflowRun... runs) throws Exception {
        for (WorkflowRun run : runs) {
            gates(run).forEach(gate -> gate.getContext().onSuccess(null));
        }
    }

    private static List<SemaphoreStep.Execution> gates(WorkflowRun run) throws Exception {
        FlowExecution execution = run.getExecution();
        List<StepExecution> steps = execution == null
                ? List.of()
                : execution.getCurrentExecutions(true).get();
        return steps.stream()
                .filter(SemaphoreStep.Execution.class::isInstance)
                .map(SemaphoreStep.Execution.class::cast)
                .toList();
    }

    /** Puts all running Pipelines on disk as they are: a build that is not there yet is lost in a crash, rightly. */
    public static void saveAll() throws Exception {
        for (FlowExecution execution : FlowExecutionList.get()) {
            for (StepExecution step : execution.getCurrentExecutions(true).get()) {
                step.getContext().saveState().get();
            }
        }
    }

    /** Which of these are at a gate. */
    public static List<Integer> atGate(List<WorkflowRun> runs) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (WorkflowRun run : runs) {
            if (isAtGate(run)) {
                numbers.add(run.getNumber());
            }
        }
        return numbers;
    }

    /**
     * Waits until a build has ended and has given back what it had, a moment later. Unlike the harness, it does not insist on
     * the future of the build's executor, which for a Pipeline may never be set.
     */
    public static <R extends Run<?, ?>> R ended(R run) throws Exception {
        eventually(run + " ends", () -> !run.isLogUpdated(), Duration.ofMinutes(3));
        eventually(run + " gives back what it had", () -> !hasRequests(run));
        long end = System.nanoTime() + EXECUTOR_PATIENCE.toNanos();
        while (run.getExecutor() != null && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        endExecutor(run.getExecutor());
        return run;
    }

    /** Pipeline leaves one behind if a build ends before its executor has handed it over. Its job could not be deleted then. */
    private static void endExecutor(@CheckForNull Executor left) {
        AsynchronousExecution execution = left == null ? null : left.getAsynchronousExecution();
        if (execution != null) {
            execution.completed(null);
        }
    }

    private static boolean hasRequests(Run<?, ?> run) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.groupsOf(run.getParent().getFullName()).stream()
                .flatMap(key -> manager.group(key, 0, MANY).stream())
                .flatMap(group -> Stream.concat(group.running().stream(), group.waiting().stream()))
                .anyMatch(view -> view.owner().equals(Runs.owner(run)));
    }

    public static void eventually(String what, Callable<Boolean> condition) throws Exception {
        eventually(what, condition, PATIENCE);
    }

    public static void eventually(String what, Callable<Boolean> condition, Duration patience) throws Exception {
        eventually(condition, patience, () -> what);
    }

    /**
     * For what happens on other threads and tells nobody.
     *
     * @param what says, at the end, what did not come true
     */
    public static void eventually(Callable<Boolean> condition, Duration patience, Supplier<String> what)
            throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, () -> "Not within " + patience + ": " + what.get());
            Thread.sleep(20);
        }
    }

    /** How often a text stands in a build's log. */
    public static long times(String text, WorkflowRun run) {
        return Arrays.stream(log(run).split("\n"))
                .filter(line -> line.contains(text))
                .count();
    }

    private static String log(WorkflowRun run) {
        try {
            return JenkinsRule.getLog(run);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
