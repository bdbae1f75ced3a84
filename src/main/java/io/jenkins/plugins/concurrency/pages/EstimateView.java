package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import java.time.Duration;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of an estimate.
 */
@Restricted(NoExternalUse.class)
public final class EstimateView {
    /** Of a shorter range, both ends are often in one minute. */
    private static final Duration NEEDS_SECONDS = Duration.ofMinutes(5);

    private final Estimate estimate;

    EstimateView(Estimate estimate) {
        this.estimate = estimate;
    }

    /** When it will probably happen, at the earliest. */
    @NonNull
    public Date getEarliest() {
        return Date.from(estimate.earliest());
    }

    /** The same at the latest; null if that cannot be told. */
    @CheckForNull
    public Date getLatest() {
        return estimate.latest().map(Date::from).orElse(null);
    }

    /** Whether both are shown alike, so that one of them is enough. */
    public boolean isMoment() {
        return estimate.latest()
                .filter(latest -> latest.getEpochSecond() == estimate.earliest().getEpochSecond())
                .isPresent();
    }

    /** How exactly both are shown: the time style of a date format. */
    @NonNull
    public String getTimeStyle() {
        boolean near = estimate.latest()
                .filter(latest -> Duration.between(estimate.earliest(), latest).compareTo(NEEDS_SECONDS) < 0)
                .isPresent();
        return near ? "medium" : "short";
    }
}
