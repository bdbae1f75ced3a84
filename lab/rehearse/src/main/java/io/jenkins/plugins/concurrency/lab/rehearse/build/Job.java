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

    /** All that were scheduled, the oldest first. */
    public List<Build> builds() {
        return builds;
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
