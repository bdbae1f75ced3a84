package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Makes groups declared ones, and has those who live follow. */
final class Declaration {
    private final State state;
    private final Change change;
    private final Replanning replanning;

    Declaration(State state, ClaimResolver resolver, Change change) {
        this.state = state;
        this.change = change;
        this.replanning = new Replanning(state, resolver, change);
    }

    /** @param policies of all declared groups; no others are declared any more */
    void declare(NavigableMap<GroupKey, Policy> policies) {
        Groups groups = state.groups();
        Map<Group, List<Group>> before = groups.ancestors();
        List<Group> parents = new ArrayList<>(groups.parents());
        policies.forEach((key, policy) -> declare(state.group(key), policy));
        List<Group> gone = new ArrayList<>();
        for (Group group : List.copyOf(groups.all())) {
            if (group.limit().declared() != null && !policies.containsKey(group.key())) {
                declare(group, null);
                gone.add(group);
            }
        }
        groups.findChildren();
        replanning.follow(before);
        parents.addAll(groups.parents());
        parents.forEach(Group::followLevels);
        gone.forEach(state::forgetIfIdle);
    }

    private void declare(Group group, Policy policy) {
        group.declare(policy);
        change.changed(group);
    }
}
