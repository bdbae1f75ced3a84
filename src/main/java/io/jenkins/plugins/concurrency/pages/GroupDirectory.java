package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.manager.VisibleGroups;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The groups that the viewer may see, searched, filtered and sorted as a request asks.
 */
@Restricted(NoExternalUse.class)
public final class GroupDirectory {
    /** What a list may be sorted by. */
    public enum Sort {
        /** Where most wait, then where most is used. */
        CONTENDED(Comparator.comparingInt((GroupView group) -> -group.waitingCount())
                .thenComparingDouble(group -> -(double) group.used() / group.limit())),
        NAME(Comparator.comparing(group -> GroupRow.name(group.key()), String.CASE_INSENSITIVE_ORDER)),
        USED(Comparator.comparingInt(group -> -group.used()));

        private final Comparator<GroupView> order;

        Sort(Comparator<GroupView> order) {
            this.order = order.thenComparing(GroupView::key);
        }
    }

    /** Which groups a list may be narrowed to. */
    public enum Shown {
        ALL(group -> true),
        WAITING(group -> group.waitingCount() > 0),
        RUNNING(group -> group.runningCount() > 0),
        PAUSED(GroupView::paused),
        PROBLEM(group -> group.used() > group.limit() || group.disputed());

        private final Predicate<GroupView> filter;

        Shown(Predicate<GroupView> filter) {
            this.filter = filter;
        }

        /** What it is called in the form. */
        @NonNull
        public String getLabel() {
            return switch (this) {
                case ALL -> Messages.GroupDirectory_all();
                case WAITING -> Messages.GroupDirectory_waiting();
                case RUNNING -> Messages.GroupDirectory_running();
                case PAUSED -> Messages.GroupDirectory_paused();
                case PROBLEM -> Messages.GroupDirectory_problem();
            };
        }
    }

    private final String search;
    private final Shown shown;
    private final Scope scope;
    private final Sort sort;
    private final List<GroupView> visible;
    private final List<GroupView> found;
    private final Paging paging;

    /**
     * @param folder only those of the jobs in this folder; null for all
     */
    GroupDirectory(StaplerRequest2 request, @CheckForNull String folder) {
        search = Util.fixNull(request.getParameter("search")).trim();
        shown = choice(Shown.class, request.getParameter("state"), Shown.ALL);
        scope = choice(Scope.class, request.getParameter("scope"), null);
        sort = choice(Sort.class, request.getParameter("sort"), Sort.CONTENDED);
        visible = visible(folder).toList();
        String wanted = search.toLowerCase(Locale.ROOT);
        found = visible.stream()
                .filter(group -> scope == null
                        ? group.key().scope().outlivesBuilds()
                        : group.key().scope() == scope)
                .filter(shown.filter)
                .filter(group -> (GroupRow.name(group.key()) + ' ' + GroupRow.context(group.key()))
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .sorted(sort.order)
                .toList();
        paging = new Paging("groups", found.size());
    }

    private static Stream<GroupView> visible(String folder) {
        VisibleGroups mayBeSeen = new VisibleGroups();
        return Overview.now().groups().stream()
                .filter(group -> folder == null || isIn(folder, group))
                .filter(group -> mayBeSeen.isVisible(group.key()));
    }

    /** Whether there is any group that the current user may see, of the jobs in this folder, or of all if it is null. */
    static boolean hasAny(@CheckForNull String folder) {
        return visible(folder).findAny().isPresent();
    }

    private static boolean isIn(String folder, GroupView group) {
        String context = group.key().context();
        return context.equals(folder) || context.startsWith(folder + '/');
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, E otherwise) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }

    /** Whether there is any group that the viewer may see. */
    public boolean isUnused() {
        return visible.isEmpty();
    }

    @NonNull
    public List<GroupRow> getRows() {
        return found.stream()
                .skip(paging.from())
                .limit(Paging.SIZE)
                .map(GroupRow::new)
                .toList();
    }

    @NonNull
    public Paging getPaging() {
        return paging;
    }

    @NonNull
    public String getSearch() {
        return search;
    }

    @NonNull
    public Shown getShown() {
        return shown;
    }

    @NonNull
    public List<Shown> getAllShown() {
        return List.of(Shown.values());
    }

    /** Null for those of jobs, folders and the controller: those of single builds are many, and soon gone. */
    @CheckForNull
    public Scope getScope() {
        return scope;
    }

    @NonNull
    public List<Scope> getAllScopes() {
        return List.of(Scope.values());
    }

    /** What a scope is called in the form. */
    @NonNull
    public String label(@NonNull Scope one) {
        return Labels.of(one);
    }

    @NonNull
    public Sort getSort() {
        return sort;
    }

    /** This list in another order. */
    @NonNull
    public String link(@NonNull String otherSort) {
        return "?sort=" + otherSort + filters();
    }

    /** What else than the place in the list a link to another page of it says. */
    @NonNull
    public String getQuery() {
        return "&sort=" + sort + filters();
    }

    private String filters() {
        return "&search=" + Util.rawEncode(search) + "&state=" + shown + "&scope=" + (scope == null ? "" : scope);
    }
}
