package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.records.GrowingNumber;
import java.io.File;
import java.time.InstantSource;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A number for each grant of a group, higher than those of all grants of that group before: so that what a block talks to can
 * refuse one that comes late. It may write to a disk. Safe for use by several threads.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class Fences {
    private final GrowingNumber local = new GrowingNumber(
            new File(Jenkins.get().getRootDir(), "concurrency-fence.txt").toPath(), InstantSource.system());

    @NonNull
    public static Fences get() {
        return ExtensionList.lookupSingleton(Fences.class);
    }

    /**
     * The number of a grant, while its block starts.
     *
     * @param first the group that the block names first: of a shared one, the number comes with the grant
     */
    public long of(@NonNull RequestKey request, @NonNull GroupKey first) {
        return SplitRequest.isShared(first) ? ConcurrencyManager.get().sharing().fence(request) : local.next();
    }
}
