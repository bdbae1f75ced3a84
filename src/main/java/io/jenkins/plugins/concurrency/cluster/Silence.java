package io.jenkins.plugins.concurrency.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has given no sign of life for too long, as one member saw it by its own clock. No clock that can be set has a part in
 * that: a database that fails over to a server whose clock is an hour ahead has nobody lost.
 */
final class Silence {
    private record Seen(long beat, long nanos) {}

    private final Map<String, Seen> lastSeen = new HashMap<>();

    /** How the members are now. */
    void look(List<MemberRow> members, long nanos) {
        lastSeen.keySet()
                .removeIf(name -> members.stream().noneMatch(row -> row.name().equals(name)));
        for (MemberRow row : members) {
            Seen before = lastSeen.get(row.name());
            if (before == null || before.beat() != row.beat()) {
                lastSeen.put(row.name(), new Seen(row.beat(), nanos));
            }
        }
    }

    /** Of those, who was silent for too long, with its last sign of life: it is lost, if that still is the last one. */
    Map<String, Long> silent(List<MemberRow> members, long nanos) {
        Map<String, Long> silent = new TreeMap<>();
        for (MemberRow row : members) {
            Seen seen = lastSeen.get(row.name());
            if (seen != null
                    && !row.view().lost()
                    && nanos - seen.nanos() > row.lostAfter().toNanos()) {
                silent.put(row.name(), seen.beat());
            }
        }
        return silent;
    }
}
