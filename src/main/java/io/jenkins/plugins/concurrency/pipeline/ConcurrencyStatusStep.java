package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.concurrency.arguments.Choice;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.FormChecks;
import io.jenkins.plugins.concurrency.manager.FormChoices;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Tells a Jenkinsfile how a group is used at that moment, so that it can decide. It waits for nothing and holds nothing: what it
 * tells may be another a moment later.
 *
 * @since 1.0
 */
public final class ConcurrencyStatusStep extends Step {
    private final String group;
    private Scope scope;

    /**
     * @param group the name of the group; null for the group of this job
     */
    @DataBoundConstructor
    public ConcurrencyStatusStep(@CheckForNull String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    @CheckForNull
    public String getGroup() {
        return group;
    }

    /** The name of a scope; null for the usual one. */
    @CheckForNull
    public String getScope() {
        return scope == null ? null : scope.name();
    }

    /**
     * @throws IllegalArgumentException if there is no such scope
     */
    @DataBoundSetter
    public void setScope(@CheckForNull String scope) {
        this.scope = Choice.optional(Scope.class, "scope", Util.fixEmptyAndTrim(scope));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ConcurrencyStatusExecution(context, group, scope);
    }

    /** For the Snippet Generator. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "concurrencyStatus";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConcurrencyStatusStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class);
        }

        @POST
        public ListBoxModel doFillScopeItems() {
            return FormChoices.scopes();
        }

        @POST
        public FormValidation doCheckGroup(@QueryParameter String value) {
            return FormChecks.group(value);
        }
    }
}
