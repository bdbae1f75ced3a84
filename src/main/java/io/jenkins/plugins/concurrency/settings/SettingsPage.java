package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import hudson.util.FormValidation;
import hudson.util.HttpResponses;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
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

    /** The names of the groups that there is something to decide about. */
    @NonNull
    public List<String> getGroupNames() {
        return getSettings().getGroups().stream().map(DeclaredGroup::getName).toList();
    }

    /** Stops a declared group, or gives it another limit for now. */
    @POST
    public HttpResponse doDecide(
            @QueryParameter String group, @QueryParameter String decision, @QueryParameter String limit) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        GroupKey key = SavedGroups.find(group)
                .map(DeclaredGroup::key)
                .filter(getSettings().policies()::containsKey)
                .orElseThrow(() -> new Failure(Messages.SettingsPage_gone(Util.fixNull(group))));
        if ("pause".equals(decision)) {
            Decisions.get().pause(key, true);
        } else {
            Decisions.get().overrideLimit(key, OptionalInt.of(positive(limit)));
        }
        return HttpResponses.redirectToDot();
    }

    private static int positive(String number) {
        if (FormValidation.validatePositiveInteger(Util.fixNull(number).trim()).kind != FormValidation.Kind.OK) {
            throw new Failure(Messages.SettingsPage_noLimit());
        }
        return Integer.parseInt(number.trim());
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
        return FormApply.success(request.getContextPath() + "/manage");
    }
}
