package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.util.Timer;

/**
 * The limits of jobs, as they were when the jobs were last saved. A form, or a Pipeline's {@code properties} step, takes a job's
 * limit away, gives it the new one, and saves the job then. No build is to start in between as if there were no limit.
 *
 * <p>Safe for use by several threads. Does no I/O.
 */
final class SavedLimits {
    /** A job that is read from its file again is not saved. So a limit that is missing for as long as this is gone, too. */
    private static final int LONGEST_MOMENT_SECONDS = 10;

    private static final Map<Job<?, ?>, Last> LAST = Collections.synchronizedMap(new WeakHashMap<>());

    /** Soft, as a limit knows its job. */
    private static final class Last extends SoftReference<ConcurrencyLimitProperty> {
        private final AtomicBoolean missing = new AtomicBoolean();

        Last(ConcurrencyLimitProperty limit) {
            super(limit);
        }
    }

    private SavedLimits() {}

    /** Null if the job has none. */
    @CheckForNull
    static ConcurrencyLimitProperty of(Job<?, ?> job) {
        ConcurrencyLimitProperty limit = job.getProperty(ConcurrencyLimitProperty.class);
        Last last = limit == null ? LAST.get(job) : null;
        if (last == null) {
            return limit;
        }
        if (last.missing.compareAndSet(false, true)) {
            Timer.get()
                    .schedule(() -> GateListeners.limitMayHaveChanged(job), LONGEST_MOMENT_SECONDS, TimeUnit.SECONDS);
        }
        return last.get();
    }

    /** A job has this limit now, or will have it in a moment. */
    static void set(Job<?, ?> job, ConcurrencyLimitProperty limit) {
        LAST.put(job, new Last(limit));
    }

    /** The job is as it is to stay. */
    static void saved(Job<?, ?> job) {
        if (job.getProperty(ConcurrencyLimitProperty.class) == null) {
            LAST.remove(job);
        }
    }
}
