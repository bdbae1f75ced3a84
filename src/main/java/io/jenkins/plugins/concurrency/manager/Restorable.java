package io.jenkins.plugins.concurrency.manager;

/**
 * A step execution that has made a request, and knows what became of it.
 *
 * @since 1.0
 */
public interface Restorable {
    /** Whether its request was granted. */
    boolean isRunning();

    /** Puts its request back, unless that was done before, or it has ended. */
    void restore();
}
