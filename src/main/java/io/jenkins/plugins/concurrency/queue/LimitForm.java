package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.model.JobProperty;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.FormChecks;
import io.jenkins.plugins.concurrency.manager.FormChoices;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.settings.FormNumbers;
import java.util.List;
import java.util.Map;
import jenkins.model.OptionalJobProperty.OptionalJobPropertyDescriptor;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of the {@link ConcurrencyLimitProperty}, and what a Jenkinsfile says of it, before it counts. */
@Restricted(NoExternalUse.class)
public abstract class LimitForm extends OptionalJobPropertyDescriptor implements CustomDescribableModel {
    /** Says what is wrong in a sentence, and keeps the job as it was. */
    @Override
    public JobProperty<?> newInstance(@Nullable StaplerRequest2 request, @NonNull JSONObject form)
            throws FormException {
        if (form.optBoolean("specified")) {
            FormNumbers.check(form);
        }
        try {
            return super.newInstance(request, form);
        } catch (RuntimeException | LinkageError x) {
            FormErrors.check(x);
            throw x;
        }
    }

    @NonNull
    @Override
    public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
        LimitArguments.check(arguments);
        return arguments;
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
    public FormValidation doCheckGroup(@QueryParameter String value) {
        return FormChecks.group(value);
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
    public ListBoxModel doFillScopeItems() {
        return FormChoices.scopes(List.of(Scope.UPSTREAM, Scope.JOB, Scope.FOLDER, Scope.CONTROLLER, Scope.SHARED));
    }

    // For the form:

    @NonNull
    public String label(@NonNull Behavior behavior) {
        return Labels.of(behavior);
    }

    @NonNull
    public CauseKind[] getCauseKinds() {
        return CauseKind.values();
    }
}
