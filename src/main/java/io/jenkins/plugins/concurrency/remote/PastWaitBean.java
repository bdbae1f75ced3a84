package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.records.BuildWait;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A wait of a build that is over. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class PastWaitBean {
    private final BuildWait wait;

    PastWaitBean(BuildWait wait) {
        this.wait = wait;
    }

    /** The id of the group. */
    @Exported
    @NonNull
    public String getGroupId() {
        return GroupId.of(wait.group());
    }

    @Exported
    @NonNull
    public String getName() {
        return wait.group().name();
    }

    @Exported
    @NonNull
    public Scope getScope() {
        return wait.group().scope();
    }

    /** When it ended, in milliseconds since 1970. */
    @Exported
    public long getUntil() {
        return wait.getUntil().getTime();
    }

    /** For how long the build waited, in milliseconds. */
    @Exported
    public long getWaited() {
        return wait.waited().toMillis();
    }

    /** How many slots it got; 0 for none, for the whole group, and where that is not known. */
    @Exported
    public int getSlots() {
        return wait.getSlots();
    }

    /** Why it got no slots; null if it did. */
    @Exported
    @CheckForNull
    public Outcome getOutcome() {
        return wait.getOutcome();
    }
}
