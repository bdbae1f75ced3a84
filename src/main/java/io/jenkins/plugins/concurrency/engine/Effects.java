package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes the effects that tell how a live request goes on. */
final class Effects {
    private Effects() {}

    static Effect.Granted granted(LiveRequest live, Collection<Group> nested, boolean overLimit) {
        return new Effect.Granted(
                live.key(),
                live.owner(),
                live.ticket(),
                grants(live),
                nested.stream().map(Group::key).toList(),
                between(live.since(), live.runningSince()),
                overLimit);
    }

    private static List<Grant> grants(LiveRequest live) {
        List<Grant> grants = new ArrayList<>(live.held().size());
        for (Share share : live.held()) {
            grants.add(new Grant(share.group().key(), share.slotNumbers(), share.isExclusive()));
        }
        return grants;
    }

    static Effect.Ended ended(
            LiveRequest live,
            Outcome outcome,
            Group group,
            Optional<Owner> by,
            long now,
            List<Effect.Blockage> circle) {
        return new Effect.Ended(live.key(), live.owner(), outcome, group.key(), by, between(live.since(), now), circle);
    }

    static List<Effect.Left.Part> parts(LiveRequest live) {
        return live.held().stream()
                .map(share -> {
                    int limit = share.group().limit().value();
                    int slots = share.isExclusive()
                            ? Math.max(1, limit)
                            : share.slotNumbers().size();
                    return new Effect.Left.Part(share.group().key(), slots, limit);
                })
                .toList();
    }

    /**
     * @param parts what it had
     * @param waitedIn where it waited; null if it did not
     */
    static Effect.Left left(LiveRequest live, List<Effect.Left.Part> parts, Group waitedIn, long now) {
        boolean ran = live.isRunning();
        return new Effect.Left(
                live.key(),
                live.owner(),
                live.ticket(),
                live.priority(),
                Instant.ofEpochMilli(live.since()),
                ran ? parts : List.of(),
                Optional.ofNullable(waitedIn).map(Group::key),
                ran ? Optional.of(between(live.runningSince(), now)) : Optional.empty(),
                between(live.since(), ran ? live.runningSince() : now));
    }

    private static Duration between(long from, long to) {
        return Duration.ofMillis(Math.max(0, to - from));
    }
}
