package io.jenkins.plugins.concurrency.pages;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import java.util.Optional;

/** Finds the build that has a group of the scope BUILD or UPSTREAM for itself. */
final class BuildOf {
    private BuildOf() {}

    /** Empty if it is gone, or the current user may not read it. */
    static Optional<Run<?, ?>> context(GroupKey group) {
        int mark = group.context().lastIndexOf('#');
        try {
            return mark < 0
                    ? Optional.empty()
                    : VisibleItems.build(Owner.build(
                            group.context().substring(0, mark),
                            Integer.parseInt(group.context().substring(mark + 1))));
        } catch (NumberFormatException x) {
            return Optional.empty();
        }
    }
}
