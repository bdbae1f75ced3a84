package io.jenkins.plugins.concurrency.manager;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.LinearScanner;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Sees to it that a Pipeline hears of its interruption. One whose step has just ended, but has not gone on yet, does not:
 * Pipeline takes the step's result, and forgets that it was to be stopped. Its slots may be another build's by then.
 */
final class MissedInterruption {
    private static final Logger LOGGER = Logger.getLogger(MissedInterruption.class.getName());
    private static final long FIRST_MILLIS = 1000;
    private static final long MOST_MILLIS = 60_000;

    private final FlowExecution execution;
    private final FlowInterruptedException interruption;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private MissedInterruption(FlowExecution execution, FlowInterruptedException interruption) {
        this.execution = execution;
        this.interruption = interruption;
    }

    /**
     * Watches a program that is about to be interrupted, or was before the controller went down.
     *
     * @param heads where it is told; none if nobody knows any more
     */
    static void watch(FlowExecution execution, List<FlowNode> heads, Result result, CauseOfInterruption cause) {
        MissedInterruption watch = new MissedInterruption(execution, new FlowInterruptedException(result, cause));
        watch.told.addAll(ids(heads));
        watch.lookIn(FIRST_MILLIS);
    }

    private static Set<String> ids(List<FlowNode> nodes) {
        return nodes.stream().map(FlowNode::getId).collect(Collectors.toSet());
    }

    private void lookIn(long millis) {
        Timer.get().schedule(() -> look(millis), millis, TimeUnit.MILLISECONDS);
    }

    private void look(long millis) {
        if (execution.isComplete()) {
            return;
        }
        Set<String> missed = ids(missed(execution.getCurrentHeads(), told, interruption.getCauses()));
        if (!missed.isEmpty()) {
            ListenableFuture<List<StepExecution>> steps = execution.getCurrentExecutions(true);
            steps.addListener(() -> stop(steps, missed), Timer.get());
        }
        // It goes on being stopped until it ends: a step may take its time for that, and then miss it after all.
        lookIn(Math.min(2 * millis, MOST_MILLIS));
    }

    /**
     * The heads that have gone on as if nothing was. One that still is where it was told may be about to stop; one of whose
     * steps failed for the cause has heard of it, and what it does now, as in a {@code finally}, is its own business.
     */
    static List<FlowNode> missed(List<FlowNode> heads, Set<String> told, List<CauseOfInterruption> causes) {
        return heads.stream()
                .filter(head -> !told.contains(head.getId()) && !heard(head, causes))
                .toList();
    }

    /** Stops the steps at these heads, and no others: another branch may have heard, and be cleaning up. */
    private void stop(ListenableFuture<List<StepExecution>> steps, Set<String> missed) {
        try {
            for (StepExecution step : Futures.getDone(steps)) {
                String at = step.getContext().get(FlowNode.class).getId();
                if (missed.contains(at)) {
                    LOGGER.log(Level.INFO, "{0} did not hear that it was interrupted, and is told again", execution);
                    told.add(at);
                    step.stop(interruption);
                }
            }
        } catch (Exception x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot interrupt " + execution + " again");
        }
    }

    private static boolean heard(FlowNode head, List<CauseOfInterruption> causes) {
        return new LinearScanner().findFirstMatch(head, node -> isFailed(node, causes)) != null;
    }

    private static boolean isFailed(FlowNode node, List<CauseOfInterruption> causes) {
        ErrorAction failed = node.getError();
        return failed != null
                && failed.getError() instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream().anyMatch(causes::contains);
    }
}
