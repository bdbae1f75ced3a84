package io.jenkins.plugins.concurrency.queue;

import hudson.model.Actionable;
import hudson.model.Queue;
import hudson.model.Run;
import java.util.function.Predicate;

/** Finds the {@link GateEntry} that is noted on a queue item or a build. One that came along from another means nothing. */
final class EntryLookup {
    private EntryLookup() {}

    /** The one that belongs to a queue item, or null. */
    static GateEntry find(Queue.Item item) {
        return find(item, entry -> entry.id() == item.getId());
    }

    /** The one that belongs to a build, or null. */
    static GateEntry find(Run<?, ?> run) {
        return find(run, entry -> entry.build() == run);
    }

    private static GateEntry find(Actionable holder, Predicate<GateEntry> belongs) {
        return holder.getActions(GateEntry.class).stream()
                .filter(belongs)
                .findFirst()
                .orElse(null);
    }
}
