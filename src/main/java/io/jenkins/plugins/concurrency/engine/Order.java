package io.jenkins.plugins.concurrency.engine;

/**
 * Who of those that wait in a group goes first; a higher priority goes first in each.
 *
 * @since 1.0
 */
public enum Order {
    /** The lowest ticket. */
    FIFO,
    /** The highest ticket. */
    NEWEST_FIRST,
    /** The jobs take turns, each with its lowest ticket. */
    FAIR
}
