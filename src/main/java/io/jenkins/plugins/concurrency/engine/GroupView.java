package io.jenkins.plugins.concurrency.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A group as it was when somebody looked.
 *
 * @param limit how many slots it has
 * @param declared its declaration; empty for an ad hoc group
 * @param override the limit that a person gave it for now
 * @param disputed whether live requests ask for different limits, and nobody decided
 * @param used how many slots are taken; all if one request has the whole group
 * @param runningCount how many requests have slots here
 * @param waitingCount how many requests wait here
 * @param running those of them that were asked for, the oldest first
 * @param waiting those of them that were asked for, in the order in which they will be served
 * @since 1.0
 */
public record GroupView(
        GroupKey key,
        int limit,
        Optional<Policy> declared,
        OptionalInt override,
        boolean paused,
        boolean disputed,
        int used,
        int runningCount,
        int waitingCount,
        List<RequestView> running,
        List<RequestView> waiting) {

    public GroupView {
        running = List.copyOf(running);
        waiting = List.copyOf(waiting);
    }

    /** How many slots can be taken; 0 also where more are taken than the limit. */
    public int free() {
        return Math.max(0, limit - used);
    }
}
