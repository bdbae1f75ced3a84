package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.settings.CapRules;

/**
 * What groups are called in logs and messages, in the language of the current thread.
 *
 * @since 1.0
 */
public final class GroupNames {
    private GroupNames() {}

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public static String of(@NonNull GroupKey group) {
        String name = group.name();
        String context = group.context();
        if (CapRules.isCap(group)) {
            return context.isEmpty() ? Messages.GroupNames_cap() : Messages.GroupNames_folderCap(context);
        }
        return switch (group.scope()) {
            case BUILD -> Messages.GroupNames_build(name);
            case UPSTREAM -> Messages.GroupNames_upstream(name);
            case JOB -> name.equals(Contexts.OWN_GROUP) ? Messages.GroupNames_own() : Messages.GroupNames_job(name);
            case FOLDER -> context.isEmpty() ? Messages.GroupNames_root(name) : Messages.GroupNames_folder(name);
            case CONTROLLER -> Messages.GroupNames_controller(name);
        };
    }

    /** Such as: group 'deploy'. */
    @NonNull
    static String inShort(@NonNull String name) {
        return name.equals(Contexts.OWN_GROUP) ? Messages.GroupNames_own() : Messages.GroupNames_plain(name);
    }
}
