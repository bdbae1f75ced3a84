package io.jenkins.plugins.concurrency.pipeline;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.FormChecks;
import io.jenkins.plugins.concurrency.manager.FormChoices;
import java.util.Arrays;
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
        return FormChecks.variable("variable", value, "SLOT");
    }

    @POST
    public FormValidation doCheckFence(@QueryParameter String value) {
        return FormChecks.variable("fence", value, "FENCE");
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

    @POST
    public ListBoxModel doFillScopeItems() {
        return FormChoices.scopes();
    }

    @POST
    public ListBoxModel doFillBehaviorItems() {
        return FormChoices.behaviors();
    }

    @POST
    public ListBoxModel doFillResultItems() {
        ListBoxModel items = new ListBoxModel();
        Arrays.stream(EndResult.values()).map(EndResult::name).forEach(items::add);
        return items;
    }
}
