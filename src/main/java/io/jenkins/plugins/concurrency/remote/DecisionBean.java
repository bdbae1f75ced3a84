package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.settings.Decision;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a user decided about a group: a pause, or a limit for now. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class DecisionBean {
    private final Decision decision;

    DecisionBean(Decision decision) {
        this.decision = decision;
    }

    /** Null for a pause. */
    @Exported
    @CheckForNull
    public Integer getLimit() {
        return decision.isPause() ? null : decision.limit().getAsInt();
    }

    /** The id of the user. */
    @Exported
    @NonNull
    public String getBy() {
        return decision.getBy();
    }

    /** When, in milliseconds since 1970. */
    @Exported
    public long getAt() {
        return decision.getAt().getTime();
    }

    /** When it ends by itself, in milliseconds since 1970; null if it does not. */
    @Exported
    @CheckForNull
    public Long getUntil() {
        return decision.until().map(Instant::toEpochMilli).orElse(null);
    }

    /** Null if the user gave none. */
    @Exported
    @CheckForNull
    public String getReason() {
        return decision.getReason();
    }
}
