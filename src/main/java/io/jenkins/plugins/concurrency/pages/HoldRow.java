package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the page of a build shows of one group that it has slots of.
 */
@Restricted(NoExternalUse.class)
public final class HoldRow {
    private final RequestView share;

    HoldRow(RequestView share) {
        this.share = share;
    }

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public String getGroup() {
        return GroupLabels.label(share.claim().group());
    }

    /** The numbers of its slots; empty if it has the whole group. */
    @NonNull
    public String getSlots() {
        return share.claim().exclusive()
                ? ""
                : share.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
