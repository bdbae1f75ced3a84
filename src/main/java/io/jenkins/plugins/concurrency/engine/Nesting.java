package io.jenkins.plugins.concurrency.engine;

import java.util.List;

/**
 * Where a request stands inside others.
 *
 * @param within the requests whose leases cannot end before this one has
 * @param nested the groups of which it takes nothing, as one of those held them when it came
 */
record Nesting(List<RequestKey> within, List<Group> nested) {
    /** Shared, as nearly all have it. */
    static final Nesting NONE = new Nesting(List.of(), List.of());

    static Nesting of(List<RequestKey> within, List<Group> nested) {
        return within.isEmpty() ? NONE : new Nesting(within, nested);
    }
}
