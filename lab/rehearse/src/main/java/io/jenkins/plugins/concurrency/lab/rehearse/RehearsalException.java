package io.jenkins.plugins.concurrency.lab.rehearse;

/** A rehearsal that cannot be run, or not go on. The message is a sentence that says what to do. */
public class RehearsalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RehearsalException(String message) {
        super(message);
    }
}
