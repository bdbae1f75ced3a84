package io.jenkins.plugins.concurrency.pipeline;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Records a wait as a pause of its step, which the time that a build takes does not count. */
final class Pause {
    private Pause() {}

    /** Does nothing during a pause, such as one that began before a restart. */
    static void begin(FlowNode node, GroupKey group) {
        if (!PauseAction.isPaused(node)) {
            node.addAction(new PauseAction("Waiting for " + group.name()));
        }
    }

    static void end(FlowNode node) throws IOException {
        if (PauseAction.isPaused(node)) {
            PauseAction.endCurrentPause(node);
        }
    }
}
