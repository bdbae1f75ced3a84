package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One slot in the bar of a group that has few. */
@Restricted(NoExternalUse.class)
public final class SlotCell {
    private final int number;
    private final boolean used;
    private final RequestRow holder;

    SlotCell(int number, boolean used, @CheckForNull RequestRow holder) {
        this.number = number;
        this.used = used;
        this.holder = holder;
    }

    public int getNumber() {
        return number;
    }

    public boolean isUsed() {
        return used;
    }

    /** Who holds it; null if none does, or the viewer may not read it. */
    @CheckForNull
    public RequestRow getHolder() {
        return holder;
    }
}
