package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.VisibleGroups;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The declared groups that share slots with one, through their parents. */
final class GroupTree {
    private static final int MOST = 200;

    private final Map<GroupKey, Policy> policies = ConcurrencySettings.get().policies();
    private final VisibleGroups mayBeSeen = new VisibleGroups();
    private final GroupKey center;
    private final List<Node> nodes = new ArrayList<>();

    private GroupTree(GroupKey center) {
        this.center = center;
    }

    /** The topmost ancestor first, each followed by its children; none if the group has neither parent nor child. */
    static List<Node> around(GroupKey group) {
        GroupTree tree = new GroupTree(group);
        GroupKey top = group;
        for (Optional<GroupKey> above = tree.parent(top); above.isPresent(); above = tree.parent(top)) {
            top = above.get();
        }
        tree.add(top, 0);
        return tree.nodes.size() < 2 ? List.of() : tree.nodes;
    }

    private Optional<GroupKey> parent(GroupKey group) {
        return Optional.ofNullable(policies.get(group)).flatMap(Policy::parent);
    }

    private void add(GroupKey group, int depth) {
        if (nodes.size() >= MOST || !mayBeSeen.isVisible(group)) {
            return;
        }
        nodes.add(new Node(group, depth, group.equals(center)));
        policies.keySet().stream()
                .filter(child -> parent(child).filter(group::equals).isPresent())
                .sorted()
                .forEach(child -> add(child, depth + 1));
    }

    /** A group in the tree. */
    @Restricted(NoExternalUse.class)
    public static final class Node {
        private final GroupKey key;
        private final int depth;
        private final boolean current;
        private final Optional<GroupView> view;

        Node(GroupKey key, int depth, boolean current) {
            this.key = key;
            this.depth = depth;
            this.current = current;
            this.view = ConcurrencyManager.get().group(key, 0, 0);
        }

        @NonNull
        public String getId() {
            return GroupId.of(key);
        }

        @NonNull
        public String getName() {
            return GroupRow.name(key);
        }

        /** How many are above it. */
        public int getDepth() {
            return depth;
        }

        /** Whether the page is its own. */
        public boolean isCurrent() {
            return current;
        }

        public int getUsed() {
            return view.map(GroupView::used).orElse(0);
        }

        public int getLimit() {
            return view.map(GroupView::limit).orElse(0);
        }

        public int getWaiting() {
            return view.map(GroupView::waitingCount).orElse(0);
        }

        @Override
        public String toString() {
            return key + " " + view;
        }
    }
}
