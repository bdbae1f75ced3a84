package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Labels;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The groups of one name that each build, or each topmost build, has for itself.
 */
@Restricted(NoExternalUse.class)
public final class FoldedCard {
    private final List<GroupKey> groups;

    /**
     * @param groups at least one, all of one scope and name
     */
    FoldedCard(List<GroupKey> groups) {
        this.groups = groups;
    }

    @NonNull
    public String getName() {
        return groups.get(0).name();
    }

    @NonNull
    public String getScope() {
        return Labels.of(groups.get(0).scope());
    }

    public int getCount() {
        return groups.size();
    }

    /** Those that the viewer may read the build of, the newest first. */
    @NonNull
    public List<Row> getRows() {
        return groups.stream()
                .sorted((one, other) -> other.compareTo(one))
                .map(Row::new)
                .filter(row -> row.getRun() != null)
                .limit(Paging.SIZE)
                .toList();
    }

    /** One of the groups. */
    public static final class Row {
        private final GroupKey key;
        private final GroupView view;

        Row(GroupKey key) {
            this.key = key;
            this.view = ConcurrencyManager.get().group(key, 0, 0).orElse(null);
        }

        @NonNull
        public String getId() {
            return GroupId.of(key);
        }

        /** Null if it is gone, or the viewer may not read it. */
        @CheckForNull
        public Run<?, ?> getRun() {
            return view == null ? null : BuildOf.context(key).orElse(null);
        }

        public int getUsed() {
            return view.used();
        }

        public int getLimit() {
            return view.limit();
        }

        public int getWaiting() {
            return view.waitingCount();
        }
    }
}
