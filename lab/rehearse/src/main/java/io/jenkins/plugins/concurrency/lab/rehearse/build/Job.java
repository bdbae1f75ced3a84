package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.lab.rehearse.program.RehearsedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job: its program, its builds, and what its builds set as its properties. For one thread. */
public final class Job {
    private final String name;
    private final String file;
    private final Class<? extends RehearsedScript> script;
    private final List<Build> builds = new ArrayList<>();
    private final List<Build> queue = new ArrayList<>();
    private Map<String, Object> limit;
    private boolean oneAtATime;
    private boolean abortPrevious;

    /** @param file what its program is called in errors */
    public Job(String name, String file, Class<? extends RehearsedScript> script) {
        this.name = name;
        this.file = file;
        this.script = script;
    }

    /** Its full name. */
    public String name() {
        return name;
    }

    public String file() {
        return file;
    }

    /** The full name of the folder it is in; empty for the root. */
    public String folder() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    Class<? extends RehearsedScript> script() {
        return script;
    }

    /** All that have started, by their number, which begins with 1. */
    public List<Build> builds() {
        return builds;
    }

    /** The build before another; empty for the first. */
    public Optional<Build> before(Build build) {
        return build.number() < 2 ? Optional.empty() : Optional.of(builds.get(build.number() - 2));
    }

    void scheduled(Build build) {
        queue.removeIf(other -> !other.isQueued());
        queue.add(build);
    }

    /** Its number. */
    int started(Build build) {
        builds.add(build);
        return builds.size();
    }

    /** One that waits in the queue and would do the same: Jenkins takes both for one. */
    Optional<Build> sameInQueue(Map<String, Object> parameters) {
        return queue.stream()
                .filter(other -> other.isQueued() && other.parameters().equals(parameters))
                .findFirst();
    }

    /** What the property {@code concurrencyLimit} says; empty if there is none. */
    public Optional<Map<String, Object>> limit() {
        return Optional.ofNullable(limit);
    }

    /** @param limit null for none */
    public void setLimit(Map<String, Object> limit) {
        this.limit = limit;
    }

    /** Its builds run one at a time. */
    public void setOneAtATime(boolean on, boolean abort) {
        oneAtATime = on;
        abortPrevious = abort;
    }

    boolean isOneAtATime() {
        return oneAtATime;
    }

    boolean isAbortPrevious() {
        return abortPrevious;
    }

    boolean isBusy() {
        return builds.stream().anyMatch(Build::isRunning);
    }
}
