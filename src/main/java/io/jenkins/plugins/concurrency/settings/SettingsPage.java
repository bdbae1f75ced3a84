package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import hudson.util.HttpResponses;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Manage Jenkins » Concurrency: the form of the {@link ConcurrencySettings}, and what people decide at run time.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class SettingsPage extends ManagementLink {
    @Override
    public String getIconFileName() {
        return "symbol-lock-closed";
    }

    @Override
    public String getDisplayName() {
        return Messages.SettingsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.SettingsPage_description();
    }

    @Override
    public String getUrlName() {
        // Not that of the page of all groups: below /manage/, that would come first.
        return "concurrency-settings";
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.MANAGE;
    }

    @NonNull
    public ConcurrencySettings getSettings() {
        return ConcurrencySettings.get();
    }

    /** What holds now, the most recent first. */
    @NonNull
    public List<Decision> getDecisions() {
        return Decisions.get().all();
    }

    /** Takes back what somebody decided, if it still holds. */
    @POST
    public HttpResponse doTakeBack(@QueryParameter String id) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        Decision decision = getDecisions().stream()
                .filter(known -> known.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.SettingsPage_over()));
        Decisions.get().takeBack(decision);
        return HttpResponses.redirectToDot();
    }

    /** Saves the form. */
    @POST
    public HttpResponse doConfigure(StaplerRequest2 request)
            throws IOException, ServletException, Descriptor.FormException {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        FormNumbers.check(request.getSubmittedForm());
        ConcurrencySettings.get().take(request.bindJSON(SettingsForm.class, request.getSubmittedForm()));
        return FormApply.success(".");
    }
}
