package io.jenkins.plugins.concurrency.records;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long the slots of a group were held, in milliseconds: the last {@value #MOST_TIMES} times of each of the
 * {@value #MOST_JOBS} jobs that used it last. Not safe for several threads.
 */
final class JobHolds {
    static final int MOST_JOBS = 100;
    static final int MOST_TIMES = 21;

    /** The job that was added to last comes last. The times are never changed, the newest first. */
    private final Map<String, long[]> jobs = new LinkedHashMap<>();

    JobHolds() {}

    JobHolds(JobHolds same) {
        jobs.putAll(same.jobs);
    }

    void add(String job, long... newer) {
        put(job, joined(newer, jobs.remove(job)));
    }

    private void put(String job, long[] times) {
        jobs.put(job, times);
        if (jobs.size() > MOST_JOBS) {
            jobs.remove(jobs.keySet().iterator().next());
        }
    }

    private static long[] joined(long[] newer, long[] older) {
        int olderCount = older == null ? 0 : older.length;
        long[] all = new long[Math.min(MOST_TIMES, newer.length + olderCount)];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < newer.length ? newer[i] : older[i - newer.length];
        }
        return all;
    }

    /** The newest first. */
    long[] of(String job) {
        return jobs.getOrDefault(job, new long[0]).clone();
    }

    List<String> jobs() {
        return List.copyOf(jobs.keySet());
    }

    /** Puts in what was before. */
    void addOlder(JobHolds older) {
        Map<String, long[]> newer = new LinkedHashMap<>(jobs);
        jobs.clear();
        jobs.putAll(older.jobs);
        newer.forEach(this::add);
    }

    void forget(String fullName) {
        jobs.keySet().removeIf(job -> FullNames.isIn(job, fullName));
    }

    void relocate(String from, String to) {
        for (String job : jobs()) {
            if (FullNames.isIn(job, from)) {
                add(FullNames.relocated(job, from, to), jobs.remove(job));
            }
        }
    }
}
