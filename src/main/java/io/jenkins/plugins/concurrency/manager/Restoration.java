package io.jenkins.plugins.concurrency.manager;

/**
 * What came of putting a request back.
 *
 * @since 1.0
 */
public enum Restoration {
    /** It is as it was. */
    RESTORED,
    /** It is known already: it was put back before, by the same build or by another record of it. */
    KNOWN,
    /** It has ended since. */
    ENDED
}
