package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.RootAction;
import hudson.util.HttpResponses;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.SharedInterventions;
import io.jenkins.plugins.concurrency.manager.SharedStatus;
import io.jenkins.plugins.concurrency.manager.VisibleGroups;
import io.jenkins.plugins.concurrency.remote.GroupsBean;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The page of all groups of the controller, and below it one of each group.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ControllerPage implements RootAction {
    /** Below the root of Jenkins. */
    static final String URL = "concurrency";

    /** Null, so that there is no link, for those who may see no group. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return isManager() || GroupDirectory.hasAny(null) ? "symbol-lock-closed" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ControllerPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    public boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    /** Whether the settings are one click away. */
    public boolean isManager() {
        return Jenkins.get().hasAnyPermission(Jenkins.MANAGE, Jenkins.SYSTEM_READ);
    }

    @NonNull
    public GroupDirectory getDirectory() {
        return new GroupDirectory(Stapler.getCurrentRequest2(), null);
    }

    /** How this controller shares groups with others; null where it does not. */
    @CheckForNull
    public SharedStatus getSharing() {
        return isManager() ? ConcurrencyManager.get().sharing().status().orElse(null) : null;
    }

    private String digest() {
        SharedStatus sharing = getSharing();
        return sharing == null ? "" : sharing.digest();
    }

    /** Whether the viewer may have a lost controller forgotten. */
    public boolean isForgetting() {
        return Jenkins.get().hasPermission(Jenkins.MANAGE);
    }

    /** Ends what a lost controller has of shared groups, as it will not come back. */
    @POST
    public HttpResponse doForget(@QueryParameter String controller) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        if (SharedInterventions.forget(controller) != Interventions.Result.DONE) {
            throw new Failure(Messages.ControllerPage_notLost(controller));
        }
        return HttpResponses.redirectToDot();
    }

    /** The groups for programs. */
    @NonNull
    public Api getApi() {
        return new Api(GroupsBean.all());
    }

    /** The part of the page that renews itself. */
    @GET
    public void doContent(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        LiveContent.serve(
                this,
                () -> Overview.now().changes() + request.getQueryString() + isRecovered() + digest(),
                request,
                response);
    }

    /** The page of a group; null, so that the answer is 404, if there is none that the viewer may see. */
    @CheckForNull
    public GroupPage getGroup(@NonNull String id) {
        return GroupId.parse(id)
                .filter(new VisibleGroups()::isVisible)
                .map(GroupPage::new)
                .orElse(null);
    }
}
