package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.Objects;

/**
 * A build or a queue item of one of the controllers. To the engine of shared groups, the jobs of a controller are in a folder
 * of its name, so that no two controllers have the same job.
 *
 * @param member the controller's name
 * @param owner as that controller knows it
 * @since 1.0
 */
public record SharedOwner(String member, Owner owner) {
    public SharedOwner {
        Objects.requireNonNull(member);
        Objects.requireNonNull(owner);
    }

    /** Whose it is, of one that came out of the shared groups. */
    public static SharedOwner of(Owner shared) {
        int end = shared.job().indexOf('/');
        if (end < 0) {
            throw new IllegalArgumentException("'" + shared + "' is no build of a controller that shares groups.");
        }
        return new SharedOwner(
                shared.job().substring(0, end),
                new Owner(shared.job().substring(end + 1), shared.number(), shared.queueItem()));
    }

    /** As the shared groups know it. */
    public Owner toShared() {
        return new Owner(path(member, owner.job()), owner.number(), owner.queueItem());
    }

    static String path(String member, String fullName) {
        return member + '/' + fullName;
    }
}
