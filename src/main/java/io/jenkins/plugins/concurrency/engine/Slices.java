package io.jenkins.plugins.concurrency.engine;

import java.util.List;
import java.util.function.Consumer;

/** Work on many things that holds a lock for a few of them at a time, so that nobody waits long for it. */
final class Slices {
    /** How many things are a slice. */
    static final int SIZE = 100;

    private Slices() {}

    static <T> void each(List<T> all, Object lock, Consumer<T> work) {
        for (int from = 0; from < all.size(); from += SIZE) {
            List<T> slice = all.subList(from, Math.min(from + SIZE, all.size()));
            synchronized (lock) {
                slice.forEach(work);
            }
        }
    }
}
