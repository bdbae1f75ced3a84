package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.manager.SharedStatus;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of one group.
 */
@Restricted(NoExternalUse.class)
public final class GroupCard {
    /** With more, the bar has no parts for single slots. */
    private static final int MOST_CELLS = 24;

    private final GroupKey key;
    private final Optional<GroupView> view;
    private final Optional<UsedGroup> usage;
    private final GroupRequests running;
    private final GroupRequests waiting;
    private final GroupPolicy policy;

    /**
     * @param usage how the job of the page uses it; empty if it does so for the first time, or the page is of no job
     */
    GroupCard(GroupKey key, Optional<UsedGroup> usage) {
        this.key = key;
        this.view = ConcurrencyManager.get().group(key, 0, 1);
        this.usage = usage;
        this.running =
                GroupRequests.running(key, view.map(GroupView::runningCount).orElse(0));
        this.waiting =
                GroupRequests.waiting(key, view.map(GroupView::waitingCount).orElse(0));
        this.policy = new GroupPolicy(key, view);
    }

    GroupKey key() {
        return key;
    }

    @NonNull
    public String getId() {
        return GroupId.of(key);
    }

    /** What the group is called for people. */
    @NonNull
    public String getName() {
        if (!CapRules.isCap(key)) {
            return key.name().equals(GroupNames.OWN_GROUP) && key.scope() == Scope.JOB
                    ? Messages.GroupCard_own()
                    : key.name();
        }
        return key.context().isEmpty() ? Messages.GroupCard_cap() : Messages.GroupCard_folderCap(key.context());
    }

    /** Where the name is valid, in words; null for a cap, whose name tells. */
    @CheckForNull
    public String getScope() {
        return CapRules.isCap(key) ? null : Labels.scope(key);
    }

    /** Where its limit comes from, its order, and what else is declared or decided. */
    @NonNull
    public GroupPolicy getPolicy() {
        return policy;
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

    /** The slots one by one; none if they are many, or not all who run are on the page. */
    @NonNull
    public List<SlotCell> getCells() {
        int count = Math.max(getLimit(), getUsed());
        return count > MOST_CELLS || running.getPaging().isNeeded()
                ? List.of()
                : IntStream.rangeClosed(1, count).mapToObj(this::cell).toList();
    }

    private SlotCell cell(int slot) {
        Optional<RequestRow> holder =
                running.getRows().stream().filter(row -> row.has(slot)).findFirst();
        boolean used = holder.isPresent()
                || view.stream()
                        .flatMap(all -> ConcurrencyManager.get().group(key, 0, Paging.SIZE).stream())
                        .flatMap(all -> all.running().stream())
                        .anyMatch(request -> request.slots().contains(slot));
        return new SlotCell(slot, used, holder.orElse(null));
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

    /** Whether nothing runs or waits in it, and there is nothing else to say of it. */
    public boolean isIdle() {
        return running.getCount() == 0 && waiting.getCount() == 0 && !isPaused() && !policy.isDecided();
    }

    /** Slots are free, but the one that is next needs more of them: so nobody else may take them. */
    public boolean isHeldForNext() {
        return getFree() > 0
                && waiting.getCount() > 0
                && !isPaused()
                && ConcurrencyManager.get().isRecovered();
    }

    /** Whether what is shown may be outdated, as the database does not answer by which the group is shared. */
    public boolean isStale() {
        return key.scope() == Scope.SHARED
                && ConcurrencyManager.get()
                        .sharing()
                        .status()
                        .filter(SharedStatus::takesPart)
                        .isEmpty();
    }

    /** Whether a person gave it another limit than the declared one, on whichever of the controllers that share it. */
    public boolean isOverridden() {
        return policy.getLimit() != null
                || key.scope() == Scope.SHARED
                        && view.filter(group -> group.override().isPresent()).isPresent();
    }

    @NonNull
    public GroupRequests getRunning() {
        return running;
    }

    @NonNull
    public GroupRequests getWaiting() {
        return waiting;
    }

    /** What happened in it lately. */
    @NonNull
    public List<HistoryRow> getLately() {
        return HistoryRow.of(ConcurrencyManager.get().history().events(key));
    }

    /** Whether the viewer may change its limit, pause it, and move those who wait. */
    public boolean isManageable() {
        return Jenkins.get().hasPermission(Jenkins.MANAGE);
    }

    private static String sharing(GroupKey key) {
        return key.scope() == Scope.SHARED
                ? ConcurrencyManager.get()
                        .sharing()
                        .status()
                        .map(SharedStatus::digest)
                        .orElse("")
                : "";
    }

    /** What a browser has of a group is outdated once this is another. It costs little. */
    static String state(GroupKey key) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Optional<GroupView> view = manager.group(key, 0, 0);
        int running = new Paging("running", view.map(GroupView::runningCount).orElse(0)).from();
        int waiting = new Paging("waiting", view.map(GroupView::waitingCount).orElse(0)).from();
        return key + " " + view + new GroupPolicy(key, view) + sharing(key)
                + manager.group(key, running, Paging.SIZE).map(GroupView::running)
                + manager.group(key, waiting, Paging.SIZE).map(GroupView::waiting)
                + manager.history().events(key).stream()
                        .findFirst()
                        .map(event -> event.getAt().getTime());
    }
}
