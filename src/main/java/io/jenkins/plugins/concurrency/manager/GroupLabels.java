package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.settings.CapRules;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What groups are called in logs and messages.
 */
@Restricted(NoExternalUse.class)
public final class GroupLabels {
    private GroupLabels() {}

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public static String label(@NonNull GroupKey group) {
        if (CapRules.isCap(group)) {
            return group.context().isEmpty() ? "the cap of all builds" : "the cap of folder '" + group.context() + "'";
        }
        String where =
                switch (group.scope()) {
                    case BUILD -> " of this build";
                    case UPSTREAM -> " of this chain of builds";
                    case JOB -> " of this job";
                    case FOLDER -> group.context().isEmpty() ? " of the top level" : " of this folder";
                    case CONTROLLER -> " of the controller";
                };
        return "group '" + group.name() + "'" + where;
    }
}
