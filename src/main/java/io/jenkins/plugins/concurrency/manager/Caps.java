package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which caps are in use: the engine has to know a folder's before its first build asks. */
final class Caps {
    private final Set<GroupKey> used = new HashSet<>();

    /** Whether the engine has not heard of one of them. */
    synchronized boolean use(List<GroupKey> caps) {
        return used.addAll(caps);
    }

    /** Whether a folder may be one that is capped, or not, by its new name. */
    synchronized boolean relocate(String from, String to) {
        Set<GroupKey> moved = new HashSet<>();
        used.forEach(cap -> moved.add(cap.relocated(from, to)));
        boolean changed = !moved.equals(used);
        used.clear();
        used.addAll(moved);
        return changed;
    }

    /** The declared groups with those caps that are still ones. */
    synchronized Map<GroupKey, Policy> with(Map<GroupKey, Policy> declared) {
        Map<GroupKey, Policy> all = new LinkedHashMap<>(declared);
        used.removeIf(cap -> ConcurrencySettings.get().caps().limitOf(cap).isEmpty());
        for (GroupKey cap : used) {
            all.put(
                    cap,
                    Policy.ofLimit(ConcurrencySettings.get().caps().limitOf(cap).orElseThrow()));
        }
        return all;
    }
}
