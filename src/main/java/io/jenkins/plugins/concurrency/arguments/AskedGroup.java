package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;

/**
 * One group as a {@code concurrency} step names it.
 *
 * @param group null for the job's own
 * @param scope null for the usual one
 * @since 1.0
 */
public record AskedGroup(String group, String scope, int slots, boolean exclusive, int limit) {
    /** This one as the first that a step names. */
    Claim asFirst(GroupFinder finder) {
        return claim(group == null ? null : RequestParameters.givenGroup(group), finder);
    }

    /** This one as a further group. One without a name is a mistake, such as a misspelt parameter: it is not the job's own. */
    Claim asFurther(GroupFinder finder) {
        if (group == null || group.isBlank()) {
            throw new InvalidRequestException("One of the groups in 'extra' has no name. Give each a 'group', such as "
                    + BlockArguments.EXAMPLE + ".");
        }
        return claim(group, finder);
    }

    private Claim claim(String name, GroupFinder finder) {
        return new Claim(
                finder.find(name, Choice.optional(Scope.class, "scope", scope)),
                slots,
                exclusive,
                RequestParameters.limit(limit));
    }
}
