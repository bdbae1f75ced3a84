package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The stage or parallel branch of a Pipeline that a request is of, so that several of one build can be told apart.
 */
@Restricted(NoExternalUse.class)
public final class Branch {
    private static final Logger LOGGER = Logger.getLogger(Branch.class.getName());

    private final String name;
    private final String url;

    private Branch(String name, String url) {
        this.name = name;
        this.url = url;
    }

    /** Empty if the block is in none, or the build is no Pipeline that runs. */
    static Optional<Branch> of(Run<?, ?> run, String block) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        FlowExecution execution = owner == null ? null : owner.getOrNull();
        try {
            FlowNode node = execution == null ? null : execution.getNode(block);
            return node == null ? Optional.empty() : of(run, node);
        } catch (IOException x) {
            LOGGER.log(Level.FINE, x, () -> "Cannot determine the stage of a request of " + run);
            return Optional.empty();
        }
    }

    private static Optional<Branch> of(Run<?, ?> run, FlowNode node) {
        for (BlockStartNode around : node.iterateEnclosingBlocks()) {
            ThreadNameAction branch = around.getAction(ThreadNameAction.class);
            LabelAction label = around.getAction(LabelAction.class);
            if (branch != null || label != null) {
                String name = branch != null ? branch.getThreadName() : label.getDisplayName();
                return Optional.of(new Branch(name, run.getUrl() + "execution/node/" + node.getId() + "/log/"));
            }
        }
        return Optional.empty();
    }

    @NonNull
    public String getName() {
        return name;
    }

    /** Of its part of the log, below the root of Jenkins. */
    @NonNull
    public String getUrl() {
        return url;
    }
}
