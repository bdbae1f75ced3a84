package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.records.BuildWait;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the page of a build shows of a wait that is over.
 */
@Restricted(NoExternalUse.class)
public final class PastWaitRow {
    private final BuildWait wait;

    PastWaitRow(BuildWait wait) {
        this.wait = wait;
    }

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public String getGroup() {
        return GroupLabels.label(wait.group());
    }

    @NonNull
    public Date getUntil() {
        return wait.getUntil();
    }

    @NonNull
    public String getDuration() {
        return Util.getTimeSpanString(wait.waited().toMillis());
    }

    /** How many slots it got; 0 if that is not worth a word. */
    public int getSlots() {
        return wait.getSlots();
    }

    /** Why it got no slots; null if it did. */
    @CheckForNull
    public String getOutcome() {
        Outcome outcome = wait.getOutcome();
        return outcome == null ? null : OutcomeText.ofBuild(outcome);
    }
}
