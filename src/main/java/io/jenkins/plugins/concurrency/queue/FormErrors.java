package io.jenkins.plugins.concurrency.queue;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the sentence in what went wrong with a form. */
final class FormErrors {
    private FormErrors() {}

    /** Empty if it is not about a value that somebody typed. */
    static Optional<FormException> of(Throwable failure) {
        return Stream.iterate(failure, x -> x != null, Throwable::getCause)
                .filter(InvalidRequestException.class::isInstance)
                .map(x -> new FormException(x.getMessage(), failure, "concurrencyLimit"))
                .findFirst();
    }
}
