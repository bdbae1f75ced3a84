package io.jenkins.plugins.concurrency.lab.rehearse.steps;

/** What a step does. */
@FunctionalInterface
public interface Step {
    /**
     * @return its value if it takes no time; a {@code Task} if it may
     * @throws Exception if it fails at once
     */
    Object start(Call call) throws Exception;
}
