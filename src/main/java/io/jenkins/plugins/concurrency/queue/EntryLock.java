package io.jenkins.plugins.concurrency.queue;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The lock of a {@link GateEntry}. */
final class EntryLock {
    private final ReentrantLock lock = new ReentrantLock();

    boolean get(BooleanSupplier task) {
        lock.lock();
        return getAndUnlock(task);
    }

    void run(Runnable task) {
        get(() -> {
            task.run();
            return true;
        });
    }

    /** False if somebody else has the lock: for those who may not wait. */
    boolean tryToGet(BooleanSupplier task) {
        return lock.tryLock() && getAndUnlock(task);
    }

    private boolean getAndUnlock(BooleanSupplier task) {
        try {
            return task.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
