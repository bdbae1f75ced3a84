package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.MovedPlace;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request that takes slots of shared groups: what it takes of these, and what it takes, before that, of this controller's own.
 *
 * @param local empty if it takes none of its own controller's groups
 */
record SplitRequest(Optional<Request> local, Request shared) {
    static boolean isShared(GroupKey group) {
        return group.scope() == Scope.SHARED;
    }

    /** Whether a request is one of these. */
    static boolean isShared(Request request) {
        return request.claims().stream().map(Claim::group).anyMatch(SplitRequest::isShared);
    }

    static SplitRequest of(Request request) {
        List<Claim> local = claims(request, group -> !isShared(group));
        return new SplitRequest(
                local.isEmpty() ? Optional.empty() : Optional.of(with(request, local, request.deadline())),
                with(request, claims(request, SplitRequest::isShared), request.deadline()));
    }

    private static List<Claim> claims(Request request, Predicate<GroupKey> which) {
        return request.claims().stream()
                .filter(claim -> which.test(claim.group()))
                .toList();
    }

    private static Request with(Request request, List<Claim> claims, Optional<Instant> deadline) {
        return copy(request, request.owner(), claims, deadline);
    }

    private static Request copy(Request request, Owner owner, List<Claim> claims, Optional<Instant> deadline) {
        return new Request(
                request.key(),
                owner,
                claims,
                request.behavior(),
                request.priority(),
                request.maxQueued(),
                deadline,
                request.within(),
                request.stalls());
    }

    RequestKey key() {
        return shared.key();
    }

    /** What is asked of the shared groups for whoever owns it now, until this time by the database's clock. */
    Request shared(Owner owner, Optional<Instant> deadline) {
        return copy(shared, owner, shared.claims(), deadline);
    }

    /** Of what it had before a restart, that of shared groups. */
    static List<Grant> sharedPast(SavedState past) {
        return past.grants().stream().filter(grant -> isShared(grant.group())).toList();
    }

    /** Of what it was before a restart, what concerns this controller's own groups. */
    static SavedState localPast(SavedState past) {
        List<Grant> grants =
                past.grants().stream().filter(grant -> !isShared(grant.group())).toList();
        Optional<MovedPlace> moved = past.moved().filter(place -> !isShared(place.group()));
        return new SavedState(past.ticket(), past.since(), past.runningSince(), grants, past.leaving(), moved);
    }
}
