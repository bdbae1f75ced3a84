package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells the engine what is declared: the groups of the settings, and those caps that are in use.
 *
 * <p>One thread after the other does so, each with what the settings say by then. Otherwise a thread that has looked at them
 * early and tells late would undo what another one has told meanwhile.
 */
final class DeclaredPolicies {
    private final Consumer<Map<GroupKey, Policy>> engine;
    private final Set<GroupKey> caps = new HashSet<>();

    DeclaredPolicies(Consumer<Map<GroupKey, Policy>> engine) {
        this.engine = engine;
    }

    /** The settings may have changed. */
    synchronized void tell() {
        CapRules rules = ConcurrencySettings.get().caps();
        caps.removeIf(cap -> rules.limitOf(cap).isEmpty());
        Map<GroupKey, Policy> all =
                new LinkedHashMap<>(ConcurrencySettings.get().policies());
        caps.forEach(cap -> all.put(cap, Policy.ofLimit(rules.limitOf(cap).orElseThrow())));
        engine.accept(all);
    }

    /** Before anybody asks for a cap: the engine knows how many slots it has once this returns. */
    synchronized void use(List<GroupKey> asked) {
        if (caps.addAll(asked)) {
            tell();
        }
    }

    /** A folder may be one that is capped, or not, by its new name. */
    synchronized void relocate(String from, String to) {
        Set<GroupKey> moved = new HashSet<>();
        caps.forEach(cap -> moved.add(cap.relocated(from, to)));
        if (!moved.equals(caps)) {
            caps.clear();
            caps.addAll(moved);
            tell();
        }
    }
}
