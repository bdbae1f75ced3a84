package io.jenkins.plugins.concurrency.lab.rehearse.program;

/** A program that goes on and on without a step that takes time. */
final class EndlessLoopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndlessLoopException(String where) {
        super("The program loops for ever" + (where.isEmpty() ? "" : ", called at " + where)
                + ": nothing in the loop takes time. Add a 'sleep', or an end of the loop.");
    }
}
