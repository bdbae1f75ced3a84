package io.jenkins.plugins.concurrency.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a journal, and knows nothing else: who was inside, and who was frozen or killed. */
final class JournalWitness {
    private static final Map<String, Integer> LIMITS = Map.of("rig", 1, "pool", 2);

    private final Map<Long, Journal.Line> inside = new LinkedHashMap<>();
    /** The bodies that were frozen in a group that gives slots on: what they do then is the fence's business. */
    private final Set<Long> excused = new HashSet<>();

    private final Set<Long> frozen = new HashSet<>();
    private final Map<String, Long> lastFence = new HashMap<>();
    private final Set<Long> everInside = new HashSet<>();

    /** @return how many bodies there were */
    int judge(List<Journal.Line> lines) {
        lines.forEach(this::judge);
        return everInside.size();
    }

    private void judge(Journal.Line line) {
        switch (line.what()) {
            case "enter" -> enter(line);
            case "leave" -> inside.remove(line.key());
            case "killed" -> inside.values().removeIf(body -> body.pid() == line.pid());
            case "frozen" -> {
                frozen.add(line.pid());
                inside.values().stream()
                        .filter(body -> body.pid() == line.pid() && body.group().equals("pool"))
                        .forEach(body -> excused.add(body.key()));
            }
            case "thawed" -> frozen.remove(line.pid());
            case "failed" -> throw new Violation("a call failed: " + line);
            default -> {
                // Events, and who is done.
            }
        }
    }

    private void enter(Journal.Line line) {
        Violation.check(everInside.add(line.key()), "inside twice: " + line);
        if (frozen.contains(line.pid()) && line.group().equals("pool")) {
            // It was about to be inside when it was frozen.
            excused.add(line.key());
        }
        inside.put(line.key(), line);
        List<Journal.Line> there = inside.values().stream()
                .filter(body -> body.group().equals(line.group()) && !excused.contains(body.key()))
                .toList();
        Violation.check(there.size() <= LIMITS.get(line.group()), "over the limit: " + there);
        if (line.group().equals("rig")) {
            long last = lastFence.getOrDefault("rig", 0L);
            Violation.check(line.fence() > last, "fence " + line.fence() + " after " + last + ": " + line);
            lastFence.put("rig", line.fence());
        }
    }
}
