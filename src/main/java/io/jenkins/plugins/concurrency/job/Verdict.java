package io.jenkins.plugins.concurrency.job;

import hudson.model.Result;
import java.io.Serializable;
import jenkins.model.CauseOfInterruption;

/** How a build ends that starts only to end, so that this is on record. Kept with the build. */
final class Verdict implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Result result;
    private final CauseOfInterruption cause;

    Verdict(Result result, CauseOfInterruption cause) {
        this.result = result;
        this.cause = cause;
    }

    Result result() {
        return result;
    }

    CauseOfInterruption cause() {
        return cause;
    }
}
