package io.jenkins.plugins.concurrency.engine;

/**
 * How a request ended that was not granted.
 *
 * @since 1.0
 */
public enum Outcome {
    /** Its behavior is {@link Behavior#CANCEL}, and there was no free slot. */
    CANCELLED,
    /** Its behavior is {@link Behavior#FAIL}, and there was no free slot. */
    FAILED,
    /** Its behavior is {@link Behavior#SKIP}, and there was no free slot. */
    SKIPPED,
    /** The queue was full, and the overflow is {@link Overflow#CANCEL}, or there was nobody to displace. */
    QUEUE_FULL_CANCELLED,
    /** The queue was full, and the overflow is {@link Overflow#FAIL}. */
    QUEUE_FULL_FAILED,
    /** A newer request took its place, or had it already. */
    SUPERSEDED,
    /** The queue was full, it was the oldest that waited, and a newer request came. */
    DISPLACED,
    /** It waited until its deadline. */
    EXPIRED,
    /** It would have closed a circle of requests that wait for each other. */
    DEADLOCK,
    /** Its owner took it out of the queue. */
    WITHDRAWN
}
