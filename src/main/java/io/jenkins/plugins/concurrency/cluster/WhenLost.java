package io.jenkins.plugins.concurrency.cluster;

/**
 * What becomes of the slots that a controller holds when it is lost.
 *
 * @since 1.0
 */
public enum WhenLost {
    /** They stay held until it comes back, or a person releases them. */
    HOLD,
    /** They are given on. A request that holds of other groups too has its slots given on only if all of them say so. */
    FREE
}
