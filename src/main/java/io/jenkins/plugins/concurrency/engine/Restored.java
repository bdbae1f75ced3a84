package io.jenkins.plugins.concurrency.engine;

import java.util.List;

/** Puts a lease back as it was, even over the limit. */
final class Restored {
    private Restored() {}

    static void running(State state, Request request, Past past, List<Group> nested) {
        List<Share> shares = past.grants().stream()
                .map(grant -> new Share(state.group(grant.group()), claim(request, grant)))
                .toList();
        List<Group> inner = nested.stream()
                .filter(group ->
                        past.grants().stream().noneMatch(grant -> grant.group().equals(group.key())))
                .toList();
        Job job = state.jobs().knownOrNew(request.owner().job());
        Nesting nesting = Nesting.of(request, inner);
        Entry entry = new Entry(request, job, past.ticket(), Entry.millis(past.since()), shares, nesting);
        state.add(entry);
        for (Grant grant : past.grants()) {
            int[] slots = grant.slots().stream().mapToInt(Integer::intValue).toArray();
            entry.next().group().retake(entry, slots);
        }
        entry.run(Entry.millis(past.runningSince().orElseThrow()));
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
