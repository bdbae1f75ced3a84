package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;

/**
 * Knows which group a build means.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface GroupFinder {
    /**
     * @param name null for the job's own group
     * @param scope null for the usual one
     * @throws InvalidRequestException if there is no such group, or the build may not use it
     */
    GroupKey find(String name, Scope scope);
}
