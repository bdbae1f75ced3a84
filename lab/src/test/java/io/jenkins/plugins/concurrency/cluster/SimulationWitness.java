package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees all bodies of all controllers, and all of the log, and is heard by nobody. It knows limits, and who is inside; of the
 * engine it asks nothing but what a lost controller's body no longer holds.
 */
final class SimulationWitness {
    private record Body(SimulatedController of, Map<GroupKey, Integer> slots, boolean whole, boolean free) {}

    private final Map<GroupKey, SharedPolicy> groups;
    private final Map<RequestKey, Body> inside = new LinkedHashMap<>();
    private final Map<GroupKey, Long> lastFence = new HashMap<>();
    private final LogWitness log;
    int entered;

    SimulationWitness(Map<GroupKey, SharedPolicy> groups, LogWitness log) {
        this.groups = groups;
        this.log = log;
    }

    void entered(SimulatedController of, Effect.Granted granted, long fence) {
        entered++;
        log.look();
        Map<GroupKey, Integer> slots = new HashMap<>();
        boolean whole = false;
        boolean free = true;
        for (Grant grant : granted.grants()) {
            slots.put(grant.group(), grant.slots().size());
            whole |= grant.exclusive();
            free &= groups.get(grant.group()).whenLost() == WhenLost.FREE;
            Violation.check(fence > 0, "no fence");
            boolean alone = groups.get(grant.group()).policy().limit() == 1;
            Violation.check(
                    !alone || fence > lastFence.getOrDefault(grant.group(), 0L),
                    "fence " + fence + " comes after " + lastFence.get(grant.group()));
            lastFence.merge(grant.group(), fence, Math::max);
        }
        inside.put(granted.request(), new Body(of, slots, whole, free));
        check();
    }

    void left(RequestKey key) {
        inside.remove(key);
    }

    /** It was told to stop: from now on it is not to be counted. */
    void told(RequestKey key) {
        inside.remove(key);
    }

    /** That nobody is inside beside too many others. */
    void check() {
        for (Map.Entry<GroupKey, SharedPolicy> group : groups.entrySet()) {
            int used = 0;
            int holders = 0;
            boolean whole = false;
            Set<RequestKey> who = new HashSet<>();
            for (Map.Entry<RequestKey, Body> body : inside.entrySet()) {
                Integer slots = body.getValue().slots().get(group.getKey());
                if (slots != null && !isExcused(body.getKey(), body.getValue())) {
                    used += slots;
                    holders++;
                    whole |= body.getValue().whole();
                    who.add(body.getKey());
                }
            }
            Violation.check(
                    used <= group.getValue().policy().limit(),
                    "over the limit of " + group.getKey() + ": " + used + " by " + describe(who));
            Violation.check(!whole || holders <= 1 || hasSeveralGroups(who), "not alone in " + group.getKey());
        }
    }

    private boolean hasSeveralGroups(Set<RequestKey> who) {
        return who.stream().anyMatch(key -> inside.get(key).slots().size() > 1);
    }

    private List<String> describe(Set<RequestKey> who) {
        return who.stream().map(key -> key + " of " + inside.get(key).of()).toList();
    }

    /**
     * A body goes on while its controller is frozen or dead, and cannot be told anything: what it held is given on if the group
     * is declared so. That is promised of no group that says FREE; it is what a fence is for.
     */
    private boolean isExcused(RequestKey key, Body body) {
        boolean cannotKnow = body.free() && (body.of().blind || body.of().recovering);
        return (cannotKnow || body.of().twin) && !log.isRunning(key);
    }
}
