package io.jenkins.plugins.concurrency.engine;

/**
 * What happens to a newcomer when its slots are not free.
 *
 * @since 1.0
 */
public enum Behavior {
    /** It waits. */
    QUEUE,
    /** It waits, and supersedes the requests that already wait. */
    QUEUE_LATEST,
    /** It waits, supersedes the waiting requests, and has as many of the oldest running ones cancelled as it needs. */
    CANCEL_RUNNING,
    /** Its build ends as aborted. */
    CANCEL,
    /** Its build ends as failed. */
    FAIL,
    /** Its body is skipped. */
    SKIP;

    /** Whether a newcomer that finds no free slot waits for one. */
    public boolean waits() {
        return this == QUEUE || supersedesWaiting();
    }

    /** Whether a newcomer takes the place of those who wait. */
    public boolean supersedesWaiting() {
        return this == QUEUE_LATEST || this == CANCEL_RUNNING;
    }

    /** Whether a waiting request with this behavior lets another job's newcomer take its place. */
    boolean consentsWhileWaiting() {
        return supersedesWaiting();
    }

    /** Whether a running request with this behavior lets another job's newcomer cancel it. */
    boolean consentsWhileRunning() {
        return this == CANCEL_RUNNING;
    }
}
