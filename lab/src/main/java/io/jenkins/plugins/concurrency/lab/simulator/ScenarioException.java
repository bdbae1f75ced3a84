package io.jenkins.plugins.concurrency.lab.simulator;

/** A scenario that cannot be run. The message says where and why. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScenarioException(String message) {
        super(message);
    }
}
