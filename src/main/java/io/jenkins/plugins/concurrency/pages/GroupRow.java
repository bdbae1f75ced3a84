package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.records.Usage;
import io.jenkins.plugins.concurrency.settings.CapRules;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A group in a list of many.
 */
@Restricted(NoExternalUse.class)
public final class GroupRow {
    private final GroupView view;

    GroupRow(GroupView view) {
        this.view = view;
    }

    GroupKey key() {
        return view.key();
    }

    @NonNull
    public String getId() {
        return GroupId.of(key());
    }

    @NonNull
    public String getName() {
        return name(key());
    }

    /** What a group is called for people, wherever it is shown beside those of other places. */
    static String name(GroupKey key) {
        if (CapRules.isCap(key)) {
            return key.context().isEmpty() ? Messages.GroupCard_cap() : Messages.GroupCard_folderCap(key.context());
        }
        return key.name();
    }

    /** Where the name is valid; null for a cap, whose name tells. */
    @CheckForNull
    public String getScope() {
        return CapRules.isCap(key()) ? null : Labels.scope(key());
    }

    /** The full name of the job or folder, or the id of the build; empty for the whole controller. */
    @NonNull
    public String getContext() {
        return context(key());
    }

    /** The same as far as the current user may know it: the first build of a chain may be none to read. */
    static String context(GroupKey key) {
        if (CapRules.isCap(key)) {
            return "";
        }
        return key.scope().outlivesBuilds()
                ? key.context()
                : BuildOf.context(key).map(Run::getExternalizableId).orElse("");
    }

    public int getUsed() {
        return view.used();
    }

    public int getLimit() {
        return view.limit();
    }

    /** How full the group is, in percent. */
    public int getPercent() {
        return Math.min(100, (int) (100L * view.used() / view.limit()));
    }

    public int getWaiting() {
        return view.waitingCount();
    }

    /** For how long the one has waited that is next; null if none waits. */
    @CheckForNull
    public String getWaitingFor() {
        return ConcurrencyManager.get().group(key(), 0, 1).stream()
                .flatMap(group -> group.waiting().stream())
                .map(RequestView::since)
                .map(since -> Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - since.toEpochMilli())))
                .findFirst()
                .orElse(null);
    }

    public boolean isPaused() {
        return view.paused();
    }

    public boolean isDisputed() {
        return view.disputed();
    }

    public boolean isOverLimit() {
        return view.used() > view.limit();
    }

    /** How many waited over the last 24 hours, as the points of a line 100 wide and 20 high; null if none did. */
    @CheckForNull
    public String getSparkLine() {
        List<Integer> waiting =
                ConcurrencyManager.get().history().usage(key(), Usage.Period.HOURS, Instant.now()).stream()
                        .map(Usage::mostWaiting)
                        .toList();
        int most = waiting.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (most == 0) {
            return null;
        }
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < waiting.size(); i++) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    100.0 * i / Math.max(1, waiting.size() - 1),
                    19 - 18.0 * waiting.get(i) / most));
        }
        return points.toString();
    }
}
