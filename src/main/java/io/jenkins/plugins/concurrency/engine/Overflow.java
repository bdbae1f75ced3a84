package io.jenkins.plugins.concurrency.engine;

/**
 * What happens to a newcomer that would have to wait in a queue that is full.
 *
 * @since 1.0
 */
public enum Overflow {
    /** It ends as with {@link Behavior#CANCEL}. */
    CANCEL,
    /** It ends as with {@link Behavior#FAIL}. */
    FAIL,
    /** It waits, and the oldest waiter of another build ends in its stead. */
    DISPLACE_OLDEST
}
