package io.jenkins.plugins.concurrency.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a request stands inside others, or keeps them from ending.
 *
 * @param within the requests whose leases cannot end before this one has
 * @param stalls the requests whose leases cannot end before this one is granted
 * @param nested the groups of which it takes nothing, as one of those held them when it came
 */
record Nesting(List<RequestKey> within, List<RequestKey> stalls, List<Group> nested) {
    /** Shared, as nearly all have it. */
    static final Nesting NONE = new Nesting(List.of(), List.of(), List.of());

    static Nesting of(Request request, List<Group> nested) {
        return request.within().isEmpty() && request.stalls().isEmpty()
                ? NONE
                : new Nesting(request.within(), request.stalls(), nested);
    }

    /** The same with more groups of which it takes nothing. */
    Nesting with(List<Group> more) {
        if (nested.containsAll(more)) {
            return this;
        }
        Set<Group> all = new LinkedHashSet<>(nested);
        all.addAll(more);
        return new Nesting(within, stalls, List.copyOf(all));
    }

    /** All requests whose leases cannot end while this one waits. */
    Stream<RequestKey> kept() {
        return Stream.concat(within.stream(), stalls.stream());
    }

    boolean keepsAny() {
        return !within.isEmpty() || !stalls.isEmpty();
    }
}
