package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.concurrency.records.FullNames;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The names by which the engine knows jobs and folders.
 *
 * <p>Jenkins gives an item its new name first, then moves its files and looks at all that is in it, and tells of that last.
 * Until then all that is asked of the engine goes by the old name: a build that asked by the new one would not meet those
 * that run, and one that ended would leave its slots behind. Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class ItemNames {
    /** Where an item is as far as the engine knows. An item that is there no more is not kept for that. */
    private record Place(WeakReference<ItemGroup<?>> parent, String name) {
        static Place of(Item item) {
            return new Place(new WeakReference<>(item.getParent()), item.getName());
        }
    }

    private record Move(String from, String to) {
        /** Whether what was in a folder has got its other name so. */
        boolean brought(Move inside) {
            return !inside.from.equals(from)
                    && FullNames.relocated(inside.from, from, to).equals(inside.to);
        }
    }

    private final Map<Item, Place> places = new WeakHashMap<>();
    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();
    /** That of a folder is that of all in it, of each of which Jenkins tells afterwards. */
    private volatile Move latest = new Move("", "");

    ItemNames() {}

    @NonNull
    public static ItemNames get() {
        return ConcurrencyManager.get().names();
    }

    /** An item's full name. */
    @NonNull
    public synchronized String of(@NonNull Item item) {
        Place place = places.computeIfAbsent(item, Place::of);
        ItemGroup<?> parent = place.parent().get();
        String above = ofGroup(parent == null ? item.getParent() : parent);
        return above.isEmpty() ? place.name() : above + '/' + place.name();
    }

    /** The full name of what jobs are in; empty for Jenkins itself. */
    @NonNull
    public String ofGroup(@NonNull ItemGroup<?> group) {
        return group instanceof Item item ? of(item) : group.getFullName();
    }

    /** Does something that goes by names: none changes until it is done. */
    public <T> T hold(@NonNull Supplier<T> task) {
        moving.readLock().lock();
        return unlocking(moving.readLock(), task);
    }

    /** The same where nothing is returned. */
    public void holding(@NonNull Runnable task) {
        hold(() -> {
            task.run();
            return true;
        });
    }

    /** The same for those who may not wait: false if some name is changing. */
    public boolean tryToHold(@NonNull BooleanSupplier task) {
        return moving.readLock().tryLock() && unlocking(moving.readLock(), task::getAsBoolean);
    }

    private static <T> T unlocking(Lock lock, Supplier<T> task) {
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * An item has another name, or parent, or is in a folder that has.
     *
     * @param from the name that it had
     * @param follow has all that goes by one name go by another; not called if it does so already
     */
    void move(Item item, String from, BiConsumer<String, String> follow) {
        String now = item.getFullName();
        String known = known(item, now);
        // Jenkins may tell of two moves in the wrong order.
        Move move = new Move(known.equals(now) ? from : known, now);
        if (known.equals(now) && (from.equals(now) || latest.brought(move))) {
            return;
        }
        moving.writeLock().lock();
        unlocking(moving.writeLock(), () -> {
            renew(item);
            latest = move;
            follow.accept(move.from(), move.to());
            return true;
        });
    }

    private synchronized String known(Item item, String otherwise) {
        return places.containsKey(item) ? of(item) : otherwise;
    }

    private synchronized void renew(Item item) {
        places.put(item, Place.of(item));
    }
}
