package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Sees to it that each Pipeline that has begun is resumed after a restart.
 *
 * <p>Pipeline takes a build for gone, and off the list of those to resume, if somebody goes through that list at the moment when
 * the build begins, as happens after each start-up. Nobody would know then that it is inside a block, until somebody looks at it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ResumptionListener extends FlowExecutionListener {
    @Override
    public void onCreated(@NonNull FlowExecution execution) {
        FlowExecutionOwner owner = execution.getOwner();
        if (!ExtensionList.lookupFirst(FlowExecutionList.Storage.class).contains(owner)) {
            FlowExecutionList.get().register(owner);
        }
    }
}
