package io.jenkins.plugins.concurrency.queue;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.queue.WorkUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What the executors of all agents do. */
final class Executors {
    private Executors() {}

    static Stream<Executor> all() {
        return Arrays.stream(Jenkins.get().getComputers()).flatMap(Executors::of);
    }

    private static Stream<Executor> of(Computer computer) {
        return Stream.concat(computer.getExecutors().stream(), computer.getOneOffExecutors().stream());
    }

    /** Whether one of them has the queue item with this id, or runs its build. */
    static boolean have(long id) {
        return all().map(Executor::getCurrentWorkUnit)
                .filter(Objects::nonNull)
                .map((WorkUnit work) -> work.context.item)
                .anyMatch(item -> item.getId() == id);
    }
}
