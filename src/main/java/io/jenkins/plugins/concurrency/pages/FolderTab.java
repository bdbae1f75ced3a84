package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractItem;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.Tab;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * The Concurrency page of a folder, or of a multibranch project: the groups of it and of the jobs in it.
 */
@Restricted(NoExternalUse.class)
public final class FolderTab extends Tab {
    private final AbstractItem folder;

    FolderTab(AbstractItem folder) {
        super(folder);
        this.folder = folder;
    }

    /** No link where there is nothing to see; the page is there all the same, and tells how to start. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return GroupDirectory.hasAny(folder.getFullName()) ? "symbol-lock-closed" : null;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ConcurrencyTab_displayName();
    }

    @Override
    public String getUrlName() {
        return "concurrency";
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    public boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    @NonNull
    public GroupDirectory getDirectory() {
        return new GroupDirectory(Stapler.getCurrentRequest2(), folder.getFullName());
    }

    /** The part of the page that renews itself. */
    @GET
    public void doContent(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        LiveContent.serve(
                this, () -> Overview.now().changes() + request.getQueryString() + isRecovered(), request, response);
    }
}
