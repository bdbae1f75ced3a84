package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.arguments.GroupFinder;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;

/** Which group a build means. */
public final class Groups {
    private Groups() {}

    /** As in Jenkins, by the names of jobs, folders and builds. */
    public static GroupFinder of(Build build) {
        return (name, scope) -> {
            Scope given = GroupNames.usual(name, scope);
            GroupKey key = GroupNames.key(name, given, context(build, given));
            if (given == Scope.CONTROLLER || given == Scope.SHARED) {
                build.world().plan().settings().checkUse(key, build.job().name());
            }
            return key;
        };
    }

    private static String context(Build build, Scope scope) {
        return switch (scope) {
            case BUILD -> build.name();
            case UPSTREAM -> build.topmost().name();
            case JOB -> build.job().name();
            case FOLDER -> build.job().folder();
            case CONTROLLER, SHARED -> "";
        };
    }
}
