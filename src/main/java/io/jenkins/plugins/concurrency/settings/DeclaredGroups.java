package io.jenkins.plugins.concurrency.settings;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            group.policy();
            if (CapRules.isCap(group.key())) {
                throw new IllegalArgumentException(Messages.DeclaredGroups_reserved(group.getName()));
            }
            if (groups.put(group.key(), group) != null) {
                throw new IllegalArgumentException(Messages.DeclaredGroups_twice(group.getName()));
            }
        }
        groups.values().forEach(group -> checkParent(group, groups));
        return new DeclaredGroups(Collections.unmodifiableMap(groups));
    }

    private static void checkParent(DeclaredGroup group, Map<GroupKey, DeclaredGroup> groups) {
        Optional<GroupKey> ancestor = group.parentKey();
        for (int height = 1; ancestor.isPresent(); height++) {
            DeclaredGroup parent = groups.get(ancestor.get());
            if (parent == null) {
                throw new IllegalArgumentException(
                        Messages.DeclaredGroups_noParent(ancestor.get().name(), group.getName()));
            }
            if (height > groups.size()) {
                throw new IllegalArgumentException(Messages.DeclaredGroups_circle(group.getName()));
            }
            if (group.getLimit() > parent.getLimit()) {
                throw new IllegalArgumentException(Messages.DeclaredGroups_aboveParent(
                        group.getName(), group.getLimit(), parent.getName(), parent.getLimit()));
            }
            ancestor = parent.parentKey();
        }
    }

    Map<GroupKey, Policy> policies() {
        Map<GroupKey, Policy> policies = new LinkedHashMap<>();
        groups.forEach((key, group) -> policies.put(key, group.policy()));
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
    String similarTo(String name, String job) {
        return SimilarNames.hint(
                name,
                groups.values().stream()
                        .filter(group -> group.isFor(job))
                        .map(DeclaredGroup::key)
                        .toList());
    }
}
