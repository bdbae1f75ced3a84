package io.jenkins.plugins.concurrency.lab.rehearse.flow;

/** A task that was started. */
@FunctionalInterface
public interface Running {
    /** Has it end as soon as it can, with this failure unless something in it catches that. Nothing happens if it has ended. */
    void stop(Throwable cause);
}
