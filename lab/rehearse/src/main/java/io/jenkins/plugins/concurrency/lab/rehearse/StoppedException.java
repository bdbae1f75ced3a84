package io.jenkins.plugins.concurrency.lab.rehearse;

/** A rehearsal that was stopped, as it took too much. The message is a sentence that says what to do. */
public final class StoppedException extends RehearsalException {
    private static final long serialVersionUID = 1L;

    public StoppedException(String message) {
        super(message);
    }
}
