package io.jenkins.plugins.concurrency.queue;

import io.jenkins.plugins.concurrency.manager.ItemNames;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The lock of a {@link GateEntry}. Whoever has it goes by names, so that none of these changes meanwhile. */
final class EntryLock {
    private final ReentrantLock lock = new ReentrantLock();

    boolean get(BooleanSupplier task) {
        return ItemNames.get().hold(() -> {
            lock.lock();
            return getAndUnlock(task);
        });
    }

    void run(Runnable task) {
        get(() -> {
            task.run();
            return true;
        });
    }

    /** False if somebody else has the lock, or a name is changing: for those who may not wait. */
    boolean tryToGet(BooleanSupplier task) {
        return ItemNames.get().tryToHold(() -> lock.tryLock() && getAndUnlock(task));
    }

    private boolean getAndUnlock(BooleanSupplier task) {
        try {
            return task.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
