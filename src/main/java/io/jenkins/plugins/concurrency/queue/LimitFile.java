package io.jenkins.plugins.concurrency.queue;

import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/** What a job's file, made by hand or by an older version, says of its limit. */
final class LimitFile {
    private static final Logger LOGGER = Logger.getLogger(LimitFile.class.getName());

    private LimitFile() {}

    /**
     * Gives each field that cannot be what it is the usual value. A group without a name stays: it is no job's own group, and
     * each build says so.
     *
     * @param unreadable what Jenkins could not read, and so left out
     * @return what was wrong; null if nothing
     */
    static List<String> mend(ConcurrencyLimitProperty limit, List<String> unreadable) {
        List<String> mistakes = new ArrayList<>(unreadable);
        if (limit.getLimit() < 1) {
            mistakes.add("The limit is " + limit.getLimit() + ".");
            limit.setLimit(1);
        }
        if (limit.getSlots() < 1 || limit.getSlots() > Request.MAX_SLOTS) {
            mistakes.add("The number of slots is " + limit.getSlots() + ".");
            limit.setSlots(1);
        }
        Integer bound = limit.getMaxQueued();
        if (bound != null && bound < 0) {
            mistakes.add("'maxQueued' is " + bound + ".");
            limit.setMaxQueued(null);
        }
        if (limit.getWaitTimeout() < 0) {
            mistakes.add("'waitTimeout' is " + limit.getWaitTimeout() + ".");
            limit.setWaitTimeout(0);
        }
        return mistakes.isEmpty() ? null : mistakes;
    }

    static void warn(Job<?, ?> job, List<String> mistakes) {
        LOGGER.warning(() -> "The configuration of '" + job.getFullName()
                + "' has a concurrency limit with invalid values. Defaults are used instead: "
                + String.join(" ", mistakes));
    }
}
