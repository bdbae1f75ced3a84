package io.jenkins.plugins.concurrency.engine;

import java.util.List;

/** Puts a lease back as it was, even over the limit. */
final class Restored {
    private Restored() {}

    static void running(State state, Request request, Past past) {
        List<Share> shares = past.grants().stream()
                .map(grant -> new Share(state.group(grant.group()), claim(request, grant)))
                .toList();
        Job job = state.jobOf(request.owner());
        Nesting nesting = Nesting.of(request.within(), List.of());
        Entry entry = new Entry(request, job, past.ticket(), past.since().toEpochMilli(), shares, nesting);
        state.add(entry);
        for (Grant grant : past.grants()) {
            int[] slots = grant.slots().stream().mapToInt(Integer::intValue).toArray();
            entry.next().group().retake(entry, slots);
        }
        entry.run(past.runningSince().orElseThrow().toEpochMilli());
        entry.setLeaving(past.leaving());
    }

    /** What was asked for of the group, or for an ancestor that nobody asked for, what was granted. */
    private static Claim claim(Request request, Grant grant) {
        return request.claims().stream()
                .filter(claim -> claim.group().equals(grant.group()))
                .findFirst()
                .orElseGet(
                        () -> new Claim(grant.group(), Math.max(1, grant.slots().size()), false, Claim.ANY_LIMIT));
    }
}
