package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.FormChecks;
import io.jenkins.plugins.concurrency.manager.Labels;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of the {@link ConcurrencyStep}, which writes a line of a Jenkinsfile. */
@Restricted(NoExternalUse.class)
public abstract class StepForm extends StepDescriptor {
    @POST
    public FormValidation doCheckGroup(@QueryParameter String value) {
        return FormChecks.group(value);
    }

    @POST
    public FormValidation doCheckBehavior(@QueryParameter String value) {
        return optionsOf(value);
    }

    @POST
    public FormValidation doCheckLimit(@QueryParameter String value) {
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckSlots(@QueryParameter String value, @QueryParameter String limit) {
        return FormChecks.slots(value, limit);
    }

    @POST
    public FormValidation doCheckMaxQueued(@QueryParameter String value, @QueryParameter String behavior) {
        return FormChecks.maxQueued(value, behavior);
    }

    @POST
    public FormValidation doCheckWaitTimeout(@QueryParameter String value, @QueryParameter String behavior) {
        return FormChecks.waitTimeout(value, behavior);
    }

    @POST
    public FormValidation doCheckVariable(@QueryParameter String value) {
        return FormChecks.variable(value);
    }

    /** In 'options' the block is the whole Pipeline, or the whole stage. */
    private static FormValidation optionsOf(String behavior) {
        if (Behavior.SKIP.name().equals(behavior)) {
            return FormValidation.warning(Messages.ConcurrencyStep_skipInOptions());
        }
        return Behavior.CANCEL.name().equals(behavior) || Behavior.FAIL.name().equals(behavior)
                ? FormValidation.ok(Messages.ConcurrencyStep_endInOptions())
                : FormValidation.ok();
    }

    public Scope[] getScopes() {
        return Scope.values();
    }

    public Behavior[] getBehaviors() {
        return Behavior.values();
    }

    @NonNull
    public String label(@NonNull Behavior behavior) {
        return Labels.of(behavior);
    }

    @NonNull
    public String label(@NonNull Scope scope) {
        return Labels.of(scope);
    }

    public List<String> getResults() {
        return Arrays.stream(EndResult.values()).map(EndResult::name).toList();
    }
}
