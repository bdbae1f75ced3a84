package io.jenkins.plugins.concurrency.lab.rehearse.expect;

/**
 * Whether an expectation was met.
 *
 * @param expectation as it is written
 * @param problem why not; empty if it was
 */
public record Verdict(String expectation, String problem) {
    public boolean isMet() {
        return problem.isEmpty();
    }
}
