package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The groups that are declared, decided on or in use, and the ways to find them. */
final class Groups {
    private final Map<GroupKey, Group> byKey = new HashMap<>();
    private final NavigableMap<String, Set<Group>> byContext = new TreeMap<>();
    /** Of the declared groups that are parents. */
    private final Map<Group, List<Group>> children = new HashMap<>();

    /** Null if there is none. */
    Group known(GroupKey key) {
        return byKey.get(key);
    }

    /** One that is not known yet is not known afterwards either. */
    Group knownOrNew(GroupKey key) {
        Group known = byKey.get(key);
        return known == null ? new Group(key) : known;
    }

    void keep(Group group) {
        if (byKey.putIfAbsent(group.key(), group) == null) {
            byContext
                    .computeIfAbsent(group.key().context(), any -> new HashSet<>(2))
                    .add(group);
        }
    }

    void forget(Group group) {
        if (byKey.remove(group.key(), group)) {
            String context = group.key().context();
            Set<Group> there = byContext.get(context);
            there.remove(group);
            if (there.isEmpty()) {
                byContext.remove(context);
            }
        }
    }

    Collection<Group> all() {
        return byKey.values();
    }

    List<Group> sorted() {
        return sorted(byKey.values());
    }

    private static List<Group> sorted(Collection<Group> groups) {
        return groups.stream().sorted(Comparator.comparing(Group::key)).toList();
    }

    /** The ancestors of each group that has a parent, the nearest first. */
    Map<Group, List<Group>> ancestors() {
        Map<Group, List<Group>> ancestors = new LinkedHashMap<>();
        for (List<Group> siblings : children.values()) {
            siblings.forEach(child -> ancestors.put(child, above(child)));
        }
        return ancestors;
    }

    private List<Group> above(Group child) {
        List<Group> above = new ArrayList<>(1);
        for (Optional<GroupKey> up = parent(child); up.isPresent(); up = parent(above.get(above.size() - 1))) {
            above.add(byKey.get(up.get()));
        }
        return above;
    }

    private static Optional<GroupKey> parent(Group group) {
        return Optional.ofNullable(group.limit().declared()).flatMap(Policy::parent);
    }

    /** Those that are parents of others. */
    Set<Group> parents() {
        return Set.copyOf(children.keySet());
    }

    /** Other groups are declared now. */
    void findChildren() {
        children.clear();
        for (Group group : byKey.values()) {
            Policy policy = group.limit().declared();
            if (policy != null && policy.parent().isPresent()) {
                Group parent = byKey.get(policy.parent().get());
                children.computeIfAbsent(parent, any -> new ArrayList<>(1)).add(group);
            }
        }
    }

    /**
     * Gives those below {@code from} their new names; one whose name is taken keeps its old one.
     *
     * @return those that have a new name
     */
    List<Group> relocate(String from, String to) {
        List<Group> found = new ArrayList<>();
        Paths.within(byContext, from).forEach(found::addAll);
        List<Group> moved = new ArrayList<>(found.size());
        for (Group group : sorted(found)) {
            GroupKey key = group.key().relocated(from, to);
            if (!byKey.containsKey(key)) {
                forget(group);
                group.rename(key);
                keep(group);
                children.getOrDefault(group, List.of())
                        .forEach(child -> child.limit().renameParent(key));
                moved.add(group);
            }
        }
        return moved;
    }
}
