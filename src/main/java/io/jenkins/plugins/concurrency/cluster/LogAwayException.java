package io.jenkins.plugins.concurrency.cluster;

import java.sql.SQLException;

/** The database did not answer: it may have done what it was asked for, or not. */
final class LogAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    LogAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the database says of a statement that failed: a code of SQL; empty if it said nothing. */
    String sqlState() {
        return getCause() instanceof SQLException failure && failure.getSQLState() != null ? failure.getSQLState() : "";
    }

    /** The same in words. */
    String reason() {
        return getCause() == null ? getMessage() : getCause().getMessage();
    }
}
