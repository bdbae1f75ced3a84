package io.jenkins.plugins.concurrency.engine;

import java.util.List;
import java.util.Optional;

/**
 * Puts a lease back as it was, even over the limit. Of a group that is no ancestor any more of one that was asked for it has
 * nothing, and of one that is an ancestor now it has as much as it takes.
 */
final class LeaseRestorer {
    private LeaseRestorer() {}

    static void running(State state, ClaimResolver resolver, Request request, SavedState past) {
        List<Claim> granted = request.claims().stream()
                .filter(claim -> grant(past, claim.group()).isPresent())
                .toList();
        List<Share> held = resolver.ofLease(granted, request.within());
        List<Group> inner = resolver.nested(request.claims(), request.within()).stream()
                .filter(group -> held.stream().noneMatch(share -> share.group() == group))
                .toList();
        Job job = state.jobs().knownOrNew(request.owner().job());
        Nesting nesting = Nesting.of(request, inner);
        LiveRequest live =
                new LiveRequest(request, job, past.ticket(), LiveRequest.millis(past.since()), held, nesting);
        state.add(live);
        for (Share share : held) {
            int[] numbers = grant(past, share.group().key())
                    .map(grant ->
                            grant.slots().stream().mapToInt(Integer::intValue).toArray())
                    .orElseGet(() -> new int[share.group().needed(share)]);
            share.group().retake(live, numbers);
        }
        live.run(LiveRequest.millis(past.runningSince().orElseThrow()));
        live.setLeaving(past.leaving());
    }

    private static Optional<Grant> grant(SavedState past, GroupKey group) {
        return past.grants().stream()
                .filter(grant -> grant.group().equals(group))
                .findFirst();
    }
}
