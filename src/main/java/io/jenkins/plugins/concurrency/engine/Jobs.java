package io.jenkins.plugins.concurrency.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The jobs that have live requests, and the ways to find them. */
final class Jobs {
    private final Map<String, Job> byName = new HashMap<>();
    private final NavigableMap<String, Job> sorted = new TreeMap<>();

    /** Null if there is none. */
    Job known(String name) {
        return byName.get(name);
    }

    /** One that is not known yet is not known afterwards either. */
    Job knownOrNew(String name) {
        Job known = byName.get(name);
        return known == null ? new Job(name) : known;
    }

    void keep(Job job) {
        if (byName.putIfAbsent(job.name(), job) == null) {
            sorted.put(job.name(), job);
        }
    }

    void forget(Job job) {
        if (byName.remove(job.name(), job)) {
            sorted.remove(job.name());
        }
    }

    List<Job> all() {
        return List.copyOf(sorted.values());
    }

    /** The job of this name, or all jobs in the folder of this name. */
    List<Job> in(String fullName) {
        return Paths.within(sorted, fullName);
    }

    /**
     * Gives a job its new name.
     *
     * @return whether it has one; one whose name is taken keeps its old one
     */
    boolean relocate(Job job, String from, String to) {
        String name = Paths.relocated(job.name(), from, to);
        if (byName.get(job.name()) != job || byName.containsKey(name)) {
            return false;
        }
        forget(job);
        job.rename(name);
        keep(job);
        return true;
    }
}
