package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.remote.GroupDetailsBean;
import io.jenkins.plugins.concurrency.remote.HistoryCsv;
import io.jenkins.plugins.concurrency.remote.Slice;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * The page of one group, over all its jobs. Only made for those who may see the group.
 */
@Restricted(NoExternalUse.class)
public final class GroupPage implements ModelObject {
    private final GroupKey key;

    GroupPage(GroupKey key) {
        this.key = key;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return GroupRow.name(key);
    }

    @NonNull
    public String getId() {
        return GroupId.of(key);
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    public boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    /** The job or folder that it is of; null if that is the whole controller, or the viewer may not read it. */
    @CheckForNull
    public Item getItem() {
        return key.scope() == Scope.JOB || key.scope() == Scope.FOLDER
                ? VisibleItems.item(key.context()).orElse(null)
                : null;
    }

    /** The build that it is of; null if it is of none. */
    @CheckForNull
    public Run<?, ?> getRun() {
        return key.scope().outlivesBuilds() ? null : BuildOf.context(key).orElse(null);
    }

    @NonNull
    public GroupCard getCard() {
        return new GroupCard(key, Optional.empty());
    }

    /** Its topmost ancestor with all that is below that one, it itself among them; none if it has no relatives. */
    @NonNull
    public List<GroupTree.Node> getTree() {
        return GroupTree.around(key);
    }

    /** The group for programs; null, so that the answer is 404, if nobody uses it now and the settings do not declare it. */
    @CheckForNull
    public Api getApi() {
        return GroupDetailsBean.of(key, Slice.of(Stapler.getCurrentRequest2()))
                .map(Api::new)
                .orElse(null);
    }

    /** The part of the page that renews itself. */
    @GET
    public void doContent(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        LiveContent.serve(this, () -> GroupCard.state(key) + getTree() + isRecovered(), request, response);
    }

    /** How much it was used. */
    @GET
    public void doUsage(StaplerRequest2 request, StaplerResponse2 response, @QueryParameter String period)
            throws IOException, ServletException {
        response.serveExposedBean(request, new UsageChart(key, period), Flavor.JSON);
    }

    /** Which slots builds had, for spreadsheets and for the simulator. */
    @GET
    @WebMethod(name = "history.csv")
    public HttpResponse doHistory() {
        return HistoryCsv.of(key);
    }

    /** Does what the viewer asks for. */
    @POST
    public HttpResponse doAct(StaplerRequest2 request) {
        return new PostedAction(request, key).run();
    }
}
