package io.jenkins.plugins.concurrency.settings;

import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** What makes no sense in a declared group, whatever the others are. */
final class GroupMistakes {
    private static final Logger LOGGER = Logger.getLogger(GroupMistakes.class.getName());

    private GroupMistakes() {}

    /** A sentence that names the group, the field and what to do; empty if all is well. */
    static Optional<String> in(DeclaredGroup group) {
        if (group.getName().isEmpty()) {
            return Optional.of(Messages.DeclaredGroups_noName());
        }
        return nameIn(group).or(() -> limitIn(group)).or(() -> maxQueuedIn(group));
    }

    private static Optional<String> nameIn(DeclaredGroup group) {
        try {
            group.key();
        } catch (InvalidRequestException x) {
            return Optional.of(Messages.DeclaredGroups_name(group.getName(), x.getMessage()));
        }
        try {
            group.parentKey();
        } catch (InvalidRequestException x) {
            return Optional.of(Messages.DeclaredGroups_parent(group.getName(), x.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<String> limitIn(DeclaredGroup group) {
        return group.getLimit() >= 1
                ? Optional.empty()
                : Optional.of(Messages.DeclaredGroups_limit(group.getName(), group.getLimit()));
    }

    private static Optional<String> maxQueuedIn(DeclaredGroup group) {
        Integer bound = group.getMaxQueued();
        return bound == null || bound >= 0
                ? Optional.empty()
                : Optional.of(Messages.DeclaredGroups_maxQueued(group.getName(), bound));
    }

    /** Gives each field of one from a file that is missing or cannot be what it has in a new form, and says so. */
    static void mend(DeclaredGroup group, List<String> unreadable) {
        List<String> mistakes = new ArrayList<>(unreadable);
        limitIn(group).ifPresent(mistake -> {
            mistakes.add(mistake);
            group.setLimit(1);
        });
        maxQueuedIn(group).ifPresent(mistake -> {
            mistakes.add(mistake);
            group.setMaxQueued(null);
        });
        if (!mistakes.isEmpty()) {
            LOGGER.warning(() -> "In the settings file, group '" + group.getName()
                    + "' has invalid values. Defaults are used instead: "
                    + String.join(" ", mistakes));
        }
    }
}
