package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Forecasts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The part of those who run, or of those who wait, in a group that a page shows, as far as the viewer may read them.
 */
@Restricted(NoExternalUse.class)
public final class GroupRequests {
    private final Paging paging;
    private final List<RequestRow> rows;
    private final List<ElsewhereRow> elsewhere;
    private final int hidden;

    private GroupRequests(Paging paging, List<RequestView> page, List<Optional<RequestRow>> rows) {
        this.paging = paging;
        this.rows = rows.stream().flatMap(Optional::stream).toList();
        this.elsewhere =
                page.stream().map(ElsewhereRow::of).flatMap(Optional::stream).toList();
        this.hidden = page.size() - this.rows.size() - elsewhere.size();
    }

    static GroupRequests running(GroupKey group, int count) {
        Paging paging = new Paging("running", count);
        List<RequestView> page = page(group, paging).map(GroupView::running).orElse(List.of());
        return new GroupRequests(
                paging,
                page,
                page.stream()
                        .map(running -> RequestRow.of(running, Forecasts.end(group, running)))
                        .toList());
    }

    static GroupRequests waiting(GroupKey group, int count) {
        Paging paging = new Paging("waiting", count);
        List<RequestView> page = page(group, paging).map(GroupView::waiting).orElse(List.of());
        List<Optional<Estimate>> starts = Forecasts.starts(group, paging.from(), page.size());
        return new GroupRequests(
                paging,
                page,
                IntStream.range(0, page.size())
                        .mapToObj(i -> RequestRow.of(page.get(i), starts.get(i)))
                        .toList());
    }

    private static Optional<GroupView> page(GroupKey group, Paging paging) {
        return ConcurrencyManager.get().group(group, paging.from(), Paging.SIZE);
    }

    @NonNull
    public Paging getPaging() {
        return paging;
    }

    @NonNull
    public List<RequestRow> getRows() {
        return rows;
    }

    /** Those of other controllers, if the group is shared. */
    @NonNull
    public List<ElsewhereRow> getElsewhere() {
        return elsewhere;
    }

    /** How many of this part the viewer may not read. */
    public int getHidden() {
        return hidden;
    }

    public int getCount() {
        return paging.getTotal();
    }

    /** Whether there is any that the viewer may cancel. */
    public boolean isCancellable() {
        return rows.stream().anyMatch(RequestRow::isCancellable);
    }

    // Columns that say nothing are left out:

    public boolean isManySlots() {
        return rows.stream().anyMatch(row -> row.isWhole() || !row.getAsked().equals("1"));
    }

    public boolean isPrioritised() {
        return rows.stream().anyMatch(row -> row.getPriority() != 0);
    }

    public boolean isReasoned() {
        return rows.stream().anyMatch(row -> row.getReason() != null);
    }

    public boolean isEstimated() {
        return rows.stream().anyMatch(row -> row.getEstimate() != null);
    }
}
