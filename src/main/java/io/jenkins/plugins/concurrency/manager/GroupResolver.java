package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.arguments.RequestParameters;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a group's name means where a build, or a queue item that is to become one, says it.
 */
@Restricted(NoExternalUse.class)
public final class GroupResolver {
    private GroupResolver() {}

    /**
     * The group that a build means.
     *
     * @param name null for the job's own group
     * @param scope null for the usual one: the folder's for a name, the job's without one
     * @throws InvalidRequestException if there is no such group, or cannot be one
     */
    @NonNull
    public static GroupKey resolve(@NonNull Run<?, ?> run, @CheckForNull String name, @CheckForNull Scope scope) {
        Scope given = GroupNames.usual(name, scope);
        return key(run.getParent(), name, given, context(run, given));
    }

    /**
     * The group that a queue item means.
     *
     * @param causes why it is in the queue
     * @param name null for the job's own group
     * @param scope null for the usual one, as for a build
     * @return empty if that is the group of the builds that this very one will start
     * @throws InvalidRequestException if there is no such group, or cannot be one
     */
    @NonNull
    public static Optional<GroupKey> resolve(
            @NonNull Job<?, ?> job, @NonNull List<Cause> causes, @CheckForNull String name, @CheckForNull Scope scope) {
        Scope given = RequestParameters.scopeOfWholeBuild(GroupNames.usual(name, scope));
        if (given == Scope.UPSTREAM) {
            return Runs.upstream(causes).map(upstream -> key(job, name, given, id(Runs.topmost(upstream))));
        }
        return Optional.of(key(job, name, given, context(job, given)));
    }

    private static GroupKey key(Job<?, ?> job, String name, Scope scope, String context) {
        GroupKey key = GroupNames.key(name, scope, context);
        if (scope == Scope.CONTROLLER || scope == Scope.SHARED) {
            ConcurrencySettings.get().checkUse(key, job.getFullName());
        }
        return key;
    }

    /** Where a scope is, seen from a build. */
    @NonNull
    public static String context(@NonNull Run<?, ?> run, @NonNull Scope scope) {
        return switch (scope) {
            case BUILD -> id(run);
            case UPSTREAM -> id(Runs.topmost(run));
            default -> context(run.getParent(), scope);
        };
    }

    private static String id(Run<?, ?> run) {
        return Runs.owner(run).toString();
    }

    /**
     * The same group after the controller was down: its job, or the folder, may have been renamed or moved meanwhile.
     *
     * @param build empty for a queue item
     */
    static GroupKey resumed(GroupKey group, Job<?, ?> job, Optional<Run<?, ?>> build) {
        Scope scope = group.scope();
        if (scope == Scope.BUILD) {
            return build.map(run -> new GroupKey(scope, context(run, scope), group.name()))
                    .orElse(group);
        }
        return scope == Scope.JOB || scope == Scope.FOLDER && !isFolder(group.context())
                ? new GroupKey(scope, context(job, scope), group.name())
                : group;
    }

    private static boolean isFolder(String fullName) {
        return fullName.isEmpty() || Jenkins.get().getItemByFullName(fullName) instanceof ItemGroup;
    }

    /** Where a scope is that does not depend on the build. */
    static String context(Job<?, ?> job, Scope scope) {
        return switch (scope) {
            case JOB -> ItemNames.get().of(job);
            case FOLDER -> ItemNames.get().ofGroup(job.getParent());
            case CONTROLLER, SHARED -> "";
            default -> throw new IllegalArgumentException(scope + " depends on the build");
        };
    }
}
