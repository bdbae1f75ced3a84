package io.jenkins.plugins.concurrency.queue;

import hudson.model.Job;
import hudson.model.Queue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * The entries of the items that are in the queue, by the items' ids. What an item itself says of its entry may be outdated:
 * it is another object in each state of the queue, and after Jenkins has loaded its configuration again.
 */
final class EntryRegistry {
    private final Map<Long, GateEntry> entries = new ConcurrentHashMap<>();

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean has(GateEntry entry) {
        return entries.get(entry.id()) == entry;
    }

    /** Null if there is none. */
    GateEntry get(long id) {
        return entries.get(id);
    }

    List<GateEntry> all() {
        return List.copyOf(entries.values());
    }

    /**
     * The entry of an item, which is noted on it under the queue's lock, so that the item that takes this one's place in the
     * queue has it too.
     *
     * @return null if there is none and none is needed
     */
    GateEntry of(Queue.Item item, Job<?, ?> job, boolean needed) {
        GateEntry noted = EntryLookup.find(item);
        GateEntry known = entries.get(item.getId());
        GateEntry entry = known == null ? noted : known;
        if (entry == null && !needed) {
            return null;
        }
        if (entry == null) {
            entry = new GateEntry(item.getId(), job);
        } else if (entry.life().isBuild() || noted != null && noted != known && isDuplicate(noted, known)) {
            // Jenkins has loaded its queue again, with one that an executor was about to start.
            entry = new GateEntry(item.getId(), job);
            entry.life().markAsDuplicate();
            QueueGate.get().later(() -> GateRecovery.drop(item.getId(), "a build"));
        }
        entries.put(item.getId(), entry);
        if (entry.life().isBuild()) {
            // It has left the queue meanwhile, and whoever leaves is forgotten first.
            forget(entry);
        }
        entry.setJob(job);
        if (noted != entry) {
            item.replaceAction(entry);
        }
        return entry;
    }

    /** Whether an item that Jenkins has just loaded is one that has left, or that an executor has already. */
    private static boolean isDuplicate(GateEntry loaded, GateEntry known) {
        return loaded.isFromDisk() && QueueGate.isRecovered() && (known == null || Executors.have(loaded.id()));
    }

    /** The entry of an item that leaves the queue, for a build or not, and that is forgotten now; null if there is none. */
    GateEntry leave(Queue.LeftItem item) {
        GateEntry noted = EntryLookup.find(item);
        GateEntry known = entries.get(item.getId());
        GateEntry entry = noted == null || noted.isFromDisk() && known != null ? known : noted;
        if (entry != null) {
            forget(entry);
        }
        return entry;
    }

    void forget(GateEntry entry) {
        entries.remove(entry.id(), entry);
    }

    /**
     * Forgets those whose items are not in the queue any more, though they never left it: Jenkins has loaded its
     * configuration again, and their jobs were gone.
     *
     * @return those
     */
    List<GateEntry> removeGone(List<GateEntry> some) {
        if (some.isEmpty() || Jenkins.getInstanceOrNull() == null) {
            return List.of();
        }
        // One that has left is not known here any more once the queue can be locked.
        return Queue.callWithLock(() -> {
            Set<Long> there = Arrays.stream(Queue.getInstance().getItems())
                    .map(Queue.Item::getId)
                    .collect(Collectors.toSet());
            return some.stream()
                    .filter(entry -> !there.contains(entry.id()) && entries.remove(entry.id(), entry))
                    .filter(entry -> !entry.life().isBuild())
                    .toList();
        });
    }
}
