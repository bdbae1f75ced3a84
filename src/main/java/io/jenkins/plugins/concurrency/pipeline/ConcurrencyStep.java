package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.Stapler;

/**
 * Runs its block when it has slots of one or more groups.
 *
 * <p>The values are those of the Jenkinsfile; whether they make sense is checked when the step starts.
 */
public class ConcurrencyStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String group;
    private String scope;
    private int limit = 1;
    private int slots = 1;
    private boolean exclusive;
    private String behavior = Behavior.QUEUE.name();
    private int priority;
    private Integer maxQueued;
    private long waitTimeout;
    private TimeUnit unit = TimeUnit.MINUTES;
    private String result = EndResult.DEFAULT.name();
    private String variable;
    private ArrayList<ExtraGroup> extra = new ArrayList<>();
    private String fence;
    private String reason;

    @DataBoundConstructor
    public ConcurrencyStep(@CheckForNull String group) {
        // A form cannot leave it out otherwise; in a Jenkinsfile, an empty name is a mistake, and no job's own group.
        this.group = Stapler.getCurrentRequest2() == null ? group : Util.fixEmptyAndTrim(group);
    }

    /** Null for the job's own group. */
    @CheckForNull
    public String getGroup() {
        return group;
    }

    /** Null for the usual one: the folder's for a named group, the job's for its own. */
    @CheckForNull
    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(@CheckForNull String scope) {
        this.scope = Util.fixEmpty(scope);
    }

    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public int getSlots() {
        return slots;
    }

    @DataBoundSetter
    public void setSlots(int slots) {
        this.slots = slots;
    }

    public boolean isExclusive() {
        return exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @NonNull
    public String getBehavior() {
        return behavior;
    }

    @DataBoundSetter
    public void setBehavior(@NonNull String behavior) {
        this.behavior = behavior;
    }

    public int getPriority() {
        return priority;
    }

    @DataBoundSetter
    public void setPriority(int priority) {
        this.priority = priority;
    }

    /** Null for a queue without bound. */
    @CheckForNull
    public Integer getMaxQueued() {
        return maxQueued;
    }

    @DataBoundSetter
    public void setMaxQueued(@CheckForNull Integer maxQueued) {
        this.maxQueued = maxQueued;
    }

    /** In units of {@link #getUnit}; 0 for as long as it takes. */
    public long getWaitTimeout() {
        return waitTimeout;
    }

    @DataBoundSetter
    public void setWaitTimeout(long waitTimeout) {
        this.waitTimeout = waitTimeout;
    }

    @NonNull
    public TimeUnit getUnit() {
        return unit;
    }

    @DataBoundSetter
    public void setUnit(@NonNull TimeUnit unit) {
        this.unit = unit;
    }

    @NonNull
    public String getResult() {
        return result;
    }

    @DataBoundSetter
    public void setResult(@NonNull String result) {
        this.result = result;
    }

    @CheckForNull
    public String getVariable() {
        return variable;
    }

    @DataBoundSetter
    public void setVariable(@CheckForNull String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
    }

    /** The variable for a number that only grows with each grant of the group; null for none. */
    @CheckForNull
    public String getFence() {
        return fence;
    }

    @DataBoundSetter
    public void setFence(@CheckForNull String fence) {
        this.fence = Util.fixEmptyAndTrim(fence);
    }

    @NonNull
    public List<ExtraGroup> getExtra() {
        return List.copyOf(extra);
    }

    @DataBoundSetter
    public void setExtra(@NonNull List<ExtraGroup> extra) {
        this.extra = new ArrayList<>(extra);
    }

    @CheckForNull
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(@CheckForNull String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ConcurrencyStepExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepForm implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return "concurrency";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConcurrencyStep_displayName();
        }

        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return StepArguments.checked(arguments);
        }

        /** Says at least the limit: a step without arguments is no valid line of Declarative options. */
        @NonNull
        @Override
        public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable step) {
            return step.getArguments().isEmpty() ? step.withArguments(Map.of("limit", 1)) : step;
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        /** Neither an agent nor a workspace: so the step works around {@code node}, and in Declarative options. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            Object group = namedArgs.get(StepArguments.GROUP);
            return group instanceof String name ? name : null;
        }
    }
}
