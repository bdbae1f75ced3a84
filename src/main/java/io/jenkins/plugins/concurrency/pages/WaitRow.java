package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.BuildNames;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.OtherControllers;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.manager.Wait;
import io.jenkins.plugins.concurrency.manager.WaitText;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the page of a build shows of one group that it waits for. Others are named as far as the viewer may read them.
 */
@Restricted(NoExternalUse.class)
public final class WaitRow {
    private final Wait wait;
    private final List<Run<?, ?>> holders;
    private final Optional<Estimate> estimate;

    WaitRow(Wait wait) {
        this.wait = wait;
        this.estimate = wait.estimate();
        this.holders = wait.holders().stream()
                .<Run<?, ?>>flatMap(owner -> VisibleItems.build(owner).stream())
                .toList();
    }

    /** Such as: group 'deploy' of this folder. */
    @NonNull
    public String getGroup() {
        return GroupLabels.label(wait.key());
    }

    public int getPlace() {
        return wait.place();
    }

    @NonNull
    public Date getSince() {
        return Date.from(wait.request().since());
    }

    @NonNull
    public String getDuration() {
        long waited = Instant.now().toEpochMilli() - wait.request().since().toEpochMilli();
        return Util.getTimeSpanString(Math.max(0, waited));
    }

    /** Those that hold the group, and that the viewer may read. */
    @NonNull
    public List<Run<?, ?>> getHolders() {
        return holders;
    }

    /** How many hold it that are about to start. */
    public long getStarting() {
        return wait.holders().stream().filter(WaitRow::isStarting).count();
    }

    private static boolean isStarting(Owner owner) {
        return owner.queueItem() && VisibleItems.job(owner.job()).isPresent();
    }

    /** On which other controllers builds hold it. */
    @NonNull
    public List<String> getElsewhere() {
        return wait.holders().stream()
                .flatMap(owner -> OtherControllers.controllerOf(owner).stream())
                .toList();
    }

    /** How many of them the viewer may not read. */
    public long getHidden() {
        return wait.holders().size()
                - holders.size()
                - getStarting()
                - getElsewhere().size();
    }

    /** How many hold it that nobody looked at. */
    public int getMore() {
        return wait.moreHolders();
    }

    /** That the group is paused; null if it is not. */
    @CheckForNull
    public String getPaused() {
        return WaitText.paused(wait).orElse(null);
    }

    /** That it needs more slots than are free, or is behind one that does; null if that is not the reason. */
    @CheckForNull
    public String getWide() {
        return WaitText.wide(wait, BuildNames::plain).orElse(null);
    }

    /** When it will probably start; null if that cannot be told. */
    @CheckForNull
    public EstimateView getEstimate() {
        return estimate.map(EstimateView::new).orElse(null);
    }
}
