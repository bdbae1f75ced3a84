package io.jenkins.plugins.concurrency.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A request that was set aside while it waited.
 *
 * @param request what it asks for
 * @param past its ticket, since when it waits, and where a person moved it
 * @param nested the groups of which it takes nothing, as a lease around it had them when it came
 * @since 1.0
 */
public record AsideRequest(Request request, SavedState past, List<GroupKey> nested) {
    /** By ticket, as they come back. */
    static final Comparator<AsideRequest> BY_TICKET = Comparator.comparingLong(
                    (AsideRequest aside) -> aside.past.ticket())
            .thenComparingLong(aside -> aside.request.key().value());

    public AsideRequest {
        Objects.requireNonNull(request);
        Objects.requireNonNull(past);
        nested = List.copyOf(nested);
    }

    /** Identifies it. */
    public RequestKey key() {
        return request.key();
    }

    AsideRequest of(Owner owner) {
        return new AsideRequest(
                new Request(
                        request.key(),
                        owner,
                        request.claims(),
                        request.behavior(),
                        request.priority(),
                        request.maxQueued(),
                        request.deadline(),
                        request.within(),
                        request.stalls()),
                past,
                nested);
    }
}
