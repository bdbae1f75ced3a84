package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;

/**
 * What a build that was cancelled or superseded can end as.
 */
public enum EndResult {
    ABORTED(Result.ABORTED),
    NOT_BUILT(Result.NOT_BUILT);

    /** What it ends as where nothing else is said. */
    public static final EndResult DEFAULT = ABORTED;

    private final Result result;

    EndResult(Result result) {
        this.result = result;
    }

    @NonNull
    public Result result() {
        return result;
    }
}
