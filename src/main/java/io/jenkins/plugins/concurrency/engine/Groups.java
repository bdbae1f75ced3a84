package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The groups that are declared, decided on or in use, and the ways to find them. */
final class Groups {
    private final Map<GroupKey, Group> byKey = new HashMap<>();
    private final NavigableMap<GroupKey, Group> sorted = new TreeMap<>();
    /** Of the declared groups that are parents. */
    private final Map<Group, List<Group>> children = new HashMap<>();

    /** Null if there is none. */
    Group known(GroupKey key) {
        return byKey.get(key);
    }

    /** Those that were not forgotten meanwhile: of others no lease has anything any more, and none ever will. */
    List<GroupKey> known(List<Group> some) {
        return some.stream()
                .filter(group -> byKey.get(group.key()) == group)
                .map(Group::key)
                .toList();
    }

    /** One that is not known yet is not known afterwards either. */
    Group knownOrNew(GroupKey key) {
        Group known = byKey.get(key);
        return known == null ? new Group(key) : known;
    }

    void keep(Group group) {
        if (byKey.putIfAbsent(group.key(), group) == null) {
            sorted.put(group.key(), group);
        }
    }

    void forget(Group group) {
        if (byKey.remove(group.key(), group)) {
            sorted.remove(group.key());
        }
    }

    /** In their order. */
    Collection<Group> all() {
        return sorted.values();
    }

    /** As many as are wanted of those after a key, or of the first ones if that is null. */
    List<GroupKey> after(GroupKey last, int count) {
        NavigableMap<GroupKey, Group> left = last == null ? sorted : sorted.tailMap(last, false);
        return left.keySet().stream().limit(count).toList();
    }

    /** The ancestors of each group that has a parent, the nearest first. */
    Map<Group, List<Group>> ancestors() {
        Map<Group, List<Group>> ancestors = new LinkedHashMap<>();
        for (Group parent : parents()) {
            children.get(parent).forEach(child -> ancestors.put(child, above(child)));
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

    /** Those that are parents of others, in their order. */
    List<Group> parents() {
        return children.keySet().stream()
                .sorted(Comparator.comparing(Group::key))
                .toList();
    }

    /** Other groups are declared now. */
    void findChildren() {
        children.clear();
        for (Group group : sorted.values()) {
            Policy policy = group.limit().declared();
            if (policy != null && policy.parent().isPresent()) {
                Group parent = byKey.get(policy.parent().get());
                children.computeIfAbsent(parent, any -> new ArrayList<>(1)).add(group);
            }
        }
    }

    /** Those of a path, or of something in it, in their order. */
    List<Group> within(String path) {
        List<Group> found = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            add(scope, path, path + '\0', found);
            Paths.ranges(path).forEach((first, beyond) -> add(scope, first, beyond, found));
        }
        found.sort(Comparator.comparing(Group::key));
        return found;
    }

    private void add(Scope scope, String first, String beyond, List<Group> found) {
        found.addAll(sorted.subMap(GroupKey.before(scope, first), GroupKey.before(scope, beyond))
                .values());
    }

    /**
     * Gives a group its new name.
     *
     * @return whether it has one; one whose name is taken keeps its old one
     */
    boolean relocate(Group group, String from, String to) {
        GroupKey key = group.key().relocated(from, to);
        if (byKey.get(group.key()) != group || byKey.containsKey(key)) {
            return false;
        }
        forget(group);
        group.rename(key);
        keep(group);
        children.getOrDefault(group, List.of()).forEach(child -> child.limit().renameParent(key));
        return true;
    }
}
