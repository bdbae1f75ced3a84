package io.jenkins.plugins.concurrency.settings;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What somebody typed, before it counts. Bound apart from the settings, as a form says nothing of a list that was
 * emptied.
 */
@Restricted(NoExternalUse.class)
public final class SettingsForm {
    List<DeclaredGroup> groups = List.of();
    boolean undeclaredAllowed;
    Integer cap;
    String excludedFolders;
    SharedDatabase database;
    private List<FolderCap> folderCaps = List.of();

    @DataBoundConstructor
    public SettingsForm() {}

    @DataBoundSetter
    public void setGroups(List<DeclaredGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    @DataBoundSetter
    public void setUndeclaredAllowed(boolean undeclaredAllowed) {
        this.undeclaredAllowed = undeclaredAllowed;
    }

    @DataBoundSetter
    public void setCap(Integer cap) {
        this.cap = cap;
    }

    @DataBoundSetter
    public void setExcludedFolders(String excludedFolders) {
        this.excludedFolders = excludedFolders;
    }

    @DataBoundSetter
    public void setFolderCaps(List<FolderCap> folderCaps) {
        this.folderCaps = List.copyOf(folderCaps);
    }

    @DataBoundSetter
    public void setDatabase(SharedDatabase database) {
        this.database = database;
    }

    /**
     * @throws IllegalArgumentException if the caps make no sense
     */
    List<FolderCap> checkedFolderCaps() {
        new CapRules(cap, excludedFolders, folderCaps);
        return folderCaps;
    }
}
