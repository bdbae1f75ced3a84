package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Owner;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Sees to it that Pipelines whose job was renamed or moved are resumed after a restart.
 *
 * <p>The list of those to resume knows them by the name that they started with. Under that name nothing would be found:
 * they would hold nothing then, and would be back inside their blocks whenever somebody looked at them.
 */
final class Resumption {
    private Resumption() {}

    static void ensure(Owner owner) {
        Runs.find(owner)
                .filter(FlowExecutionOwner.Executable.class::isInstance)
                .map(run -> ((FlowExecutionOwner.Executable) run).asFlowExecutionOwner())
                .ifPresent(Resumption::ensure);
    }

    private static void ensure(FlowExecutionOwner now) {
        FlowExecution execution = now.getOrNull();
        if (execution != null && !execution.getOwner().equals(now)) {
            FlowExecutionList.get().unregister(execution.getOwner());
            FlowExecutionList.get().register(now);
        }
    }
}
