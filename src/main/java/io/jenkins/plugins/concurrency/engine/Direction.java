package io.jenkins.plugins.concurrency.engine;

/**
 * Where a person moves a waiting request in its group's queue.
 *
 * @since 1.0
 */
public enum Direction {
    /** Before all others. */
    TOP,
    /** Before the one that is served before it. */
    UP,
    /** Behind the one that is served after it. */
    DOWN,
    /** Behind all others. */
    BOTTOM
}
