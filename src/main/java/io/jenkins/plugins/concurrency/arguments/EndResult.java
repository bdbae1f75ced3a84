package io.jenkins.plugins.concurrency.arguments;

/**
 * What a build that was cancelled or superseded can end as.
 *
 * @since 1.0
 */
public enum EndResult {
    /** As one that somebody stopped. */
    ABORTED,
    /** As one that was not needed. */
    NOT_BUILT;

    /** What it ends as where nothing else is said. */
    public static final EndResult DEFAULT = ABORTED;
}
