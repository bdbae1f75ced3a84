package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Another build as it is kept with a build, in a log or in a record. A queue item has no number yet: it is known by its id,
 * and found when it has become a build. Immutable.
 */
@Restricted(NoExternalUse.class)
public final class BuildReference implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final long number;
    private final boolean queueItem;
    private final int notBefore;

    /**
     * @param notBefore the number that a queue item's build has at the least; 0 for a build
     */
    public BuildReference(@NonNull Owner owner, int notBefore) {
        this.job = owner.job();
        this.number = owner.number();
        this.queueItem = owner.queueItem();
        this.notBefore = notBefore;
    }

    /** The build, or the queue item, under the name that its job had. */
    @NonNull
    public Owner owner() {
        return new Owner(job, number, queueItem);
    }

    /** A queue item's build has this number or a higher one. */
    public int notBefore() {
        return notBefore;
    }

    /** Not so if what was stored is damaged. */
    boolean isWhole() {
        return job != null;
    }

    /** Whether it is a build of this job, or of one in this folder. */
    boolean isIn(String fullName) {
        return FullNames.isIn(job, fullName);
    }

    BuildReference relocated(String from, String to) {
        return isIn(from)
                ? new BuildReference(new Owner(FullNames.relocated(job, from, to), number, queueItem), notBefore)
                : this;
    }

    @Override
    public boolean equals(@CheckForNull Object other) {
        return other instanceof BuildReference that
                && job.equals(that.job)
                && number == that.number
                && queueItem == that.queueItem;
    }

    @Override
    public int hashCode() {
        return 31 * job.hashCode() + Long.hashCode(number);
    }
}
