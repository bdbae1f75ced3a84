package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.records.Refusal;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of a build that was dropped from the queue.
 */
@Restricted(NoExternalUse.class)
public final class RefusalRow {
    private final Refusal refusal;

    RefusalRow(Refusal refusal) {
        this.refusal = refusal;
    }

    @NonNull
    public Date getAt() {
        return refusal.getAt();
    }

    @NonNull
    public String getGroup() {
        return refusal.group().name();
    }

    @NonNull
    public String getCauses() {
        return refusal.getCauses();
    }

    @NonNull
    public String getText() {
        return OutcomeText.inShort(refusal.getOutcome());
    }

    /** The newer build that took its place; null if none did, or the viewer may not read it. */
    @CheckForNull
    public Run<?, ?> getNewer() {
        return refusal.by().flatMap(BuildReferences::find).orElse(null);
    }
}
