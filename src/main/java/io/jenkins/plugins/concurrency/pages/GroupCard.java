package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of one group.
 */
@Restricted(NoExternalUse.class)
public final class GroupCard {
    private final GroupKey key;
    private final Optional<GroupView> view;
    private final Optional<UsedGroup> usage;
    private final int from;
    private final List<RequestRow> running;
    private final List<RequestRow> waiting;

    /**
     * @param view empty for a group that nobody uses now
     * @param usage empty for a group that the job uses for the first time
     */
    GroupCard(GroupKey key, Optional<GroupView> view, Optional<UsedGroup> usage, int from) {
        this.key = key;
        this.view = view;
        this.usage = usage;
        this.from = from;
        this.running = rows(view.map(GroupView::running).orElse(List.of()));
        this.waiting = rows(view.map(GroupView::waiting).orElse(List.of()));
    }

    private static List<RequestRow> rows(List<RequestView> views) {
        return views.stream().flatMap(view -> RequestRow.of(view).stream()).toList();
    }

    @NonNull
    public String getName() {
        return key.name();
    }

    /** Where the name is valid, in words. */
    @NonNull
    public String getScope() {
        if (!CapRules.isCap(key)) {
            return Labels.scope(key);
        }
        return key.context().isEmpty() ? Messages.GroupCard_cap() : Messages.GroupCard_folderCap(key.context());
    }

    /** The limit of now; for a group that nobody uses now, the one that the job gave it last. */
    public int getLimit() {
        return view.map(GroupView::limit)
                .or(this::capLimit)
                .or(() -> usage.map(UsedGroup::limit))
                .orElse(1);
    }

    /** A job does not say how many slots a cap has, and nobody else does before its next build after a restart. */
    private Optional<Integer> capLimit() {
        OptionalInt limit =
                CapRules.isCap(key) ? ConcurrencySettings.get().caps().limitOf(key) : OptionalInt.empty();
        return limit.isPresent() ? Optional.of(limit.getAsInt()) : Optional.empty();
    }

    /** Whether a group that a job has used can still be used; a cap is none once it was taken away. */
    static boolean isStillThere(GroupKey key) {
        return !CapRules.isCap(key)
                || ConcurrencySettings.get().caps().limitOf(key).isPresent();
    }

    public int getUsed() {
        return view.map(GroupView::used).orElse(0);
    }

    public int getFree() {
        return Math.max(0, getLimit() - getUsed());
    }

    /** How full the group is, in percent. */
    public int getPercent() {
        return Math.min(100, (int) (100L * getUsed() / getLimit()));
    }

    /** What the job last asked for; null if that is not known. */
    @CheckForNull
    public Behavior getBehavior() {
        return usage.map(UsedGroup::behavior).orElse(null);
    }

    /** The same with what it does. */
    @CheckForNull
    public String getBehaviorLabel() {
        Behavior behavior = getBehavior();
        return behavior == null ? null : Labels.of(behavior);
    }

    public boolean isPaused() {
        return view.filter(GroupView::paused).isPresent();
    }

    /** Whether live requests ask for different limits. */
    public boolean isDisputed() {
        return view.filter(GroupView::disputed).isPresent();
    }

    /** Whether more slots are taken than there are: a person did so, or the limit was lowered. */
    public boolean isOverLimit() {
        return getUsed() > getLimit();
    }

    public int getRunningCount() {
        return view.map(GroupView::runningCount).orElse(0);
    }

    public int getWaitingCount() {
        return view.map(GroupView::waitingCount).orElse(0);
    }

    @NonNull
    public List<RequestRow> getRunning() {
        return running;
    }

    @NonNull
    public List<RequestRow> getWaiting() {
        return waiting;
    }

    /** How many of the running ones on this page the viewer may not read. */
    public int getHiddenRunning() {
        return view.map(group -> group.running().size()).orElse(0) - running.size();
    }

    /** How many of the waiting ones on this page the viewer may not read. */
    public int getHiddenWaiting() {
        return view.map(group -> group.waiting().size()).orElse(0) - waiting.size();
    }

    /** Where the next page starts; null on the last one. */
    @CheckForNull
    public Integer getNext() {
        int next = from + ConcurrencyTab.PAGE;
        return Math.max(getRunningCount(), getWaitingCount()) > next ? next : null;
    }

    /** Where the page before this one starts; null on the first one. */
    @CheckForNull
    public Integer getPrevious() {
        return from == 0 ? null : Math.max(0, from - ConcurrencyTab.PAGE);
    }
}
