package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.concurrency.cluster.SharedPolicy;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The declared groups, as they make sense together. Immutable. */
final class DeclaredGroups {
    static final DeclaredGroups NONE = new DeclaredGroups(Map.of());

    private final Map<GroupKey, DeclaredGroup> groups;

    private DeclaredGroups(Map<GroupKey, DeclaredGroup> groups) {
        this.groups = groups;
    }

    /**
     * @throws IllegalArgumentException if they make no sense; the message says what to do
     */
    static DeclaredGroups of(List<DeclaredGroup> list) {
        Map<GroupKey, DeclaredGroup> groups = new LinkedHashMap<>();
        for (DeclaredGroup group : list) {
            GroupMistakes.in(group).ifPresent(mistake -> {
                throw new Mistake(mistake, group);
            });
            if (CapRules.isCap(group.key())) {
                throw new Mistake(Messages.DeclaredGroups_reserved(group.getName()), group);
            }
            if (groups.put(group.key(), group) != null) {
                throw new Mistake(Messages.DeclaredGroups_twice(group.getName()), group);
            }
        }
        groups.values().forEach(group -> checkParent(group, groups));
        return new DeclaredGroups(Collections.unmodifiableMap(groups));
    }

    /** What is wrong with one of them, and what mends it. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "It is caught by who calls, or told and forgotten")
    private static final class Mistake extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final transient DeclaredGroup group;
        /** Null if it cannot be declared at all. */
        private final transient Consumer<DeclaredGroup> remedy;

        Mistake(String message, DeclaredGroup group) {
            this(message, group, null);
        }

        Mistake(String message, DeclaredGroup group, Consumer<DeclaredGroup> remedy) {
            super(message);
            this.group = group;
            this.remedy = remedy;
        }
    }

    /**
     * Those that a file declares, without what makes no sense among them.
     *
     * @param mistakes is told of that
     */
    static DeclaredGroups mended(List<DeclaredGroup> list, Consumer<String> mistakes) {
        List<DeclaredGroup> groups = new ArrayList<>(list);
        while (true) {
            try {
                return of(groups);
            } catch (Mistake x) {
                mistakes.accept(x.getMessage());
                if (x.remedy == null) {
                    // The last of its kind: of two with one name, the first counts.
                    groups.remove(groups.lastIndexOf(x.group));
                } else {
                    x.remedy.accept(x.group);
                }
            }
        }
    }

    private static void checkParent(DeclaredGroup group, Map<GroupKey, DeclaredGroup> groups) {
        DeclaredGroup child = group;
        Optional<GroupKey> ancestor = group.parentKey();
        for (int height = 1; ancestor.isPresent(); height++) {
            DeclaredGroup parent = groups.get(ancestor.get());
            if (parent == null) {
                throw new Mistake(
                        child.isShared()
                                ? Messages.DeclaredGroups_noSharedParent(
                                        ancestor.get().name(), child.getName())
                                : Messages.DeclaredGroups_noParent(
                                        ancestor.get().name(), child.getName()),
                        child,
                        orphan -> orphan.setParent(null));
            }
            if (height > groups.size()) {
                throw new Mistake(
                        Messages.DeclaredGroups_circle(group.getName()), group, orphan -> orphan.setParent(null));
            }
            if (group.getLimit() > parent.getLimit()) {
                throw new Mistake(
                        Messages.DeclaredGroups_aboveParent(
                                group.getName(), group.getLimit(), parent.getName(), parent.getLimit()),
                        group,
                        lower -> lower.setLimit(parent.getLimit()));
            }
            child = parent;
            ancestor = parent.parentKey();
        }
    }

    /** Of those that are this controller's alone. */
    Map<GroupKey, Policy> policies() {
        Map<GroupKey, Policy> policies = new LinkedHashMap<>();
        groups.forEach((key, group) -> {
            if (!group.isShared()) {
                policies.put(key, group.policy());
            }
        });
        return policies;
    }

    /** Of those that are shared with other controllers. */
    Map<GroupKey, SharedPolicy> sharedPolicies() {
        Map<GroupKey, SharedPolicy> policies = new LinkedHashMap<>();
        groups.forEach((key, group) -> {
            if (group.isShared()) {
                policies.put(key, group.sharedPolicy());
            }
        });
        return policies;
    }

    boolean contains(GroupKey key) {
        return groups.containsKey(key);
    }

    /**
     * @throws InvalidRequestException if the job is in none of the group's folders
     */
    void checkUse(GroupKey key, String job) {
        DeclaredGroup group = groups.get(key);
        if (group != null && !group.isFor(job)) {
            throw new InvalidRequestException("The group '" + group.getName() + "' is only for jobs in "
                    + group.getFolders() + ". Use another group, or have an administrator add the folder of '" + job
                    + "' in Manage Jenkins » Concurrency.");
        }
    }

    /** Ends with a space. */
    String similarTo(GroupKey key, String job) {
        List<DeclaredGroup> known = groups.values().stream()
                .filter(group -> group.key().scope() == key.scope())
                .toList();
        return known.isEmpty()
                ? "None is declared. "
                : SimilarNames.hint(
                        key.name(),
                        known.stream()
                                .filter(group -> group.isFor(job))
                                .map(DeclaredGroup::key)
                                .toList());
    }
}
