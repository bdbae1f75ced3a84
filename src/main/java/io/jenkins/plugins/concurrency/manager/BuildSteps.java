package io.jenkins.plugins.concurrency.manager;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause;

/** Finds the step {@code build} that waits for a build. Needs the plugin Pipeline: Build Step. */
final class BuildSteps {
    private static final Logger LOGGER = Logger.getLogger(BuildSteps.class.getName());

    private BuildSteps() {}

    /**
     * @param onlyForStart whether those are meant that go on when the build has started, or those that do when it has ended
     */
    static List<Upstreams.Waiting> waiting(List<Cause> causes, boolean onlyForStart) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return causes.stream()
                    .filter(BuildUpstreamCause.class::isInstance)
                    .map(cause -> waiting((BuildUpstreamCause) cause, onlyForStart))
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private static Upstreams.Waiting waiting(BuildUpstreamCause cause, boolean onlyForStart) {
        Run<?, ?> run = cause.getUpstreamRun();
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        FlowExecution execution = owner == null ? null : owner.getOrNull();
        try {
            FlowNode step = execution == null ? null : execution.getNode(cause.getNodeId());
            return step != null && step.isActive() && waits(step, onlyForStart)
                    ? new Upstreams.Waiting(run, new HashSet<>(step.getAllEnclosingIds()))
                    : null;
        } catch (IOException x) {
            LOGGER.log(
                    Level.WARNING, x, () -> "Cannot determine whether " + run + " waits for a build that it started");
            return null;
        }
    }

    private static boolean waits(FlowNode step, boolean onlyForStart) {
        Map<String, Object> arguments = ArgumentsAction.getArguments(step);
        boolean forStart = Boolean.TRUE.equals(arguments.get("waitForStart"));
        return onlyForStart ? forStart : !forStart && !Boolean.FALSE.equals(arguments.get("wait"));
    }
}
