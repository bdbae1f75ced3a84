package io.jenkins.plugins.concurrency.lab.simulator;

/** A scenario that cannot be run. The message says where and why. */
final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioException(String message) {
        super(message);
    }
}
