package io.jenkins.plugins.concurrency.engine;

import java.util.Objects;

/**
 * The build, or the queue item that may become one, that a request belongs to.
 *
 * @param job the full name of its job
 * @param number the build's number, or the queue item's id
 * @param queueItem whether it is still a queue item
 * @since 1.0
 */
public record Owner(String job, long number, boolean queueItem) {
    public Owner {
        Objects.requireNonNull(job);
    }

    /** A build. */
    public static Owner build(String job, long number) {
        return new Owner(job, number, false);
    }

    /** A queue item. */
    public static Owner queueItem(String job, long id) {
        return new Owner(job, id, true);
    }

    /** The same after its job, or a folder around that, was renamed or moved. */
    public Owner relocated(String from, String to) {
        String moved = Paths.relocated(job, from, to);
        return moved.equals(job) ? this : new Owner(moved, number, queueItem);
    }

    /** Whether its job is the one of this full name, or in the folder of that name. */
    public boolean isWithin(String fullName) {
        return Paths.isWithin(job, fullName);
    }

    /** The build as Jenkins writes it, such as {@code folder/job#12}. */
    @Override
    public String toString() {
        return queueItem ? job + " (queue item " + number + ")" : job + "#" + number;
    }
}
