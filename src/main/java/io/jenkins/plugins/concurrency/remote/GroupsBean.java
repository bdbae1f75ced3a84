package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.VisibleGroups;
import java.util.Collection;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Groups that the current user may see, and that anybody uses, or the settings declare. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class GroupsBean {
    private final List<GroupBean> groups;

    private GroupsBean(Collection<GroupKey> keys) {
        VisibleGroups visible = new VisibleGroups();
        this.groups = keys.stream()
                .filter(visible::isVisible)
                .flatMap(key -> ConcurrencyManager.get().group(key, 0, 0).stream())
                .map(GroupBean::new)
                .toList();
    }

    /** All of the controller. */
    @NonNull
    public static GroupsBean all() {
        return new GroupsBean(ConcurrencyManager.get().groups());
    }

    /** Those that the builds of a job use now. */
    @NonNull
    public static GroupsBean of(@NonNull String job) {
        return new GroupsBean(ConcurrencyManager.get().groupsOf(job));
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    @Exported
    public boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    @Exported(inline = true)
    @NonNull
    public List<GroupBean> getGroups() {
        return groups;
    }
}
