package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** When something will probably happen, in milliseconds since 1970: between the first and the last in about half of all cases. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class EstimateBean {
    private final Estimate estimate;

    EstimateBean(Estimate estimate) {
        this.estimate = estimate;
    }

    @Exported
    public long getEarliest() {
        return estimate.earliest().toEpochMilli();
    }

    @Exported
    public long getLikely() {
        return estimate.likely().toEpochMilli();
    }

    /** Null if it cannot be told. */
    @Exported
    @CheckForNull
    public Long getLatest() {
        return estimate.latest().map(Instant::toEpochMilli).orElse(null);
    }
}
