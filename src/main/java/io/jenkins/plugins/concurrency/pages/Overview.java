package io.jenkins.plugins.concurrency.pages;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.List;
import java.util.Optional;

/**
 * All groups at one moment. It is made once for all who look as long as nothing changes: there may be thousands of groups,
 * and many viewers. Who may see which of them is another matter.
 */
final class Overview {
    private static volatile Overview newest;

    private final ConcurrencyManager manager;
    private final long changes;
    private final List<GroupView> groups;

    private Overview(ConcurrencyManager manager) {
        this.manager = manager;
        changes = manager.lookups().changes();
        groups = manager.groups().stream()
                .map(this::view)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<GroupView> view(GroupKey key) {
        return manager.group(key, 0, 0);
    }

    static Overview now() {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Overview known = newest;
        if (known == null
                || known.manager != manager
                || known.changes != manager.lookups().changes()) {
            known = new Overview(manager);
            newest = known;
        }
        return known;
    }

    /** None has rows of requests. */
    List<GroupView> groups() {
        return groups;
    }

    /** Another number if anything in it is another. */
    long changes() {
        return changes;
    }
}
