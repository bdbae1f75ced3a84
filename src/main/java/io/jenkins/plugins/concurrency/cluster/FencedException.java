package io.jenkins.plugins.concurrency.cluster;

/**
 * A member's epoch is over: what it wants to append is not accepted.
 *
 * @since 1.0
 */
public final class FencedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean taken;

    FencedException(String message, boolean taken) {
        super(message);
        this.taken = taken;
    }

    /** Whether another process has joined under its name; otherwise it was declared lost, and may join again. */
    public boolean isTaken() {
        return taken;
    }
}
