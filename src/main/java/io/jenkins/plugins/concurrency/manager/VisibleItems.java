package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;

/**
 * Looks up jobs and builds by name for whoever is the current user. It is the only place that does, so that a name never
 * gets to somebody who may not read it: what the user may not read is as if it did not exist, whether or not the user may
 * discover that it does.
 */
@Restricted(NoExternalUse.class)
public final class VisibleItems {
    private VisibleItems() {}

    /** The job, if the current user may read it. */
    @NonNull
    public static Optional<Job<?, ?>> job(@NonNull String fullName) {
        return item(fullName).filter(Job.class::isInstance).map(item -> (Job<?, ?>) item);
    }

    /** The job or the folder, if the current user may read it. */
    @NonNull
    public static Optional<Item> item(@NonNull String fullName) {
        try {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName))
                    .filter(found -> found.hasPermission(Item.READ));
        } catch (AccessDeniedException x) {
            // The user may discover it, or a folder on the way to it, but not read it.
            return Optional.empty();
        }
    }

    /** The build, if the current user may read it; empty for a queue item. */
    @NonNull
    public static Optional<Run<?, ?>> build(@NonNull Owner owner) {
        return owner.queueItem()
                ? Optional.empty()
                : job(owner.job()).map(job -> job.getBuildByNumber((int) owner.number()));
    }
}
