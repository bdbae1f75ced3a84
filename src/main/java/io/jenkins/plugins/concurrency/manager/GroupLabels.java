package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.settings.CapRules;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What groups are called in logs and messages, in the language of the current thread.
 *
 * @since 1.0
 */
@Restricted(NoExternalUse.class)
public final class GroupLabels {
    private GroupLabels() {}

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public static String label(@NonNull GroupKey group) {
        String name = group.name();
        String context = group.context();
        if (CapRules.isCap(group)) {
            return context.isEmpty() ? Messages.GroupLabels_cap() : Messages.GroupLabels_folderCap(context);
        }
        return switch (group.scope()) {
            case BUILD -> Messages.GroupLabels_build(name);
            case UPSTREAM -> Messages.GroupLabels_upstream(name);
            case JOB -> name.equals(GroupNames.OWN_GROUP) ? Messages.GroupLabels_own() : Messages.GroupLabels_job(name);
            case FOLDER -> context.isEmpty() ? Messages.GroupLabels_root(name) : Messages.GroupLabels_folder(name);
            case CONTROLLER -> Messages.GroupLabels_controller(name);
            case SHARED -> Messages.GroupLabels_shared(name);
        };
    }

    /** Such as: group 'deploy'. */
    @NonNull
    static String inShort(@NonNull String name) {
        return name.equals(GroupNames.OWN_GROUP) ? Messages.GroupLabels_own() : Messages.GroupLabels_plain(name);
    }
}
