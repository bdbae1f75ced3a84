package io.jenkins.plugins.concurrency.engine;

/**
 * A request that can never be granted as it is written. The message says what to do about it.
 *
 * @since 1.0
 */
public class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String message) {
        super(message);
    }
}
