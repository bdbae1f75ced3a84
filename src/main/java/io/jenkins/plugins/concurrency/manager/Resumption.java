package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
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

    static void ensure(Collection<Owner> builds) {
        Map<FlowExecutionOwner, FlowExecutionOwner> names = new LinkedHashMap<>();
        builds.stream()
                .flatMap(owner -> Runs.find(owner).stream())
                .filter(FlowExecutionOwner.Executable.class::isInstance)
                .map(run -> ((FlowExecutionOwner.Executable) run).asFlowExecutionOwner())
                .forEach(now -> {
                    FlowExecution execution = now.getOrNull();
                    if (execution != null && !execution.getOwner().equals(now)) {
                        names.put(now, execution.getOwner());
                    }
                });
        // Each of these is written to disk: what is needed comes first.
        names.keySet().forEach(FlowExecutionList.get()::register);
        names.values().forEach(FlowExecutionList.get()::unregister);
    }
}
