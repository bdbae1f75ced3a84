package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Gives folders, and what is like one, the Concurrency page. */
@Extension
@Restricted(NoExternalUse.class)
public final class FolderTabFactory extends TransientActionFactory<AbstractItem> {
    @Override
    public Class<AbstractItem> type() {
        return AbstractItem.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return FolderTab.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull AbstractItem item) {
        return item instanceof ItemGroup && !(item instanceof Job) ? List.of(new FolderTab(item)) : List.of();
    }
}
