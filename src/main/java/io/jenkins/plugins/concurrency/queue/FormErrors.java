package io.jenkins.plugins.concurrency.queue;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;

/** Finds the sentence in what went wrong with a form. */
final class FormErrors {
    private FormErrors() {}

    /**
     * @throws FormException if it is about a value that somebody typed
     */
    static void check(Throwable failure) throws FormException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRequestException) {
                // Without the failure, of which the answer would show the stack trace.
                throw new FormException(cause.getMessage(), "concurrencyLimit");
            }
        }
    }
}
