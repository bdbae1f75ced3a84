package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;

/**
 * Which group a name and a scope are, either of which can be left out.
 *
 * @since 1.0
 */
public final class GroupNames {
    /** What the group is called that a job has without a name for it. */
    public static final String OWN_GROUP = "this job";

    private GroupNames() {}

    /**
     * The scope that is meant: without one the folder's for a name, the job's without a name.
     *
     * @param name null for the job's own group
     * @param scope null for the usual one
     * @throws InvalidRequestException if it is another one than the job's, and there is no name
     */
    public static Scope usual(String name, Scope scope) {
        if (name != null) {
            return scope == null ? Scope.FOLDER : scope;
        }
        if (scope != null && scope != Scope.JOB) {
            throw new InvalidRequestException(
                    "The scope " + scope
                            + " is given without a group. Name the group, or leave out 'scope' to limit the builds of this job.");
        }
        return Scope.JOB;
    }

    /**
     * @param name null for the job's own group
     * @param context what the scope is of
     * @throws InvalidRequestException if the name is none
     */
    public static GroupKey key(String name, Scope scope, String context) {
        return new GroupKey(scope, context, name == null ? OWN_GROUP : name);
    }
}
