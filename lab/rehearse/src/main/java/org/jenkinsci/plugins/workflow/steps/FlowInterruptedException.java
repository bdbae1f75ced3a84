package org.jenkinsci.plugins.workflow.steps;

import java.util.List;

/** What ends a step that somebody or something stopped, under the name by which Jenkinsfiles catch it. */
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private final String result;
    private final String cause;
    private boolean actual = true;

    /**
     * @param result what the build ends as if nobody catches this
     * @param cause a sentence
     */
    public FlowInterruptedException(String result, String cause) {
        super(cause);
        this.result = result;
        this.cause = cause;
    }

    /** What the build ends as if nobody catches this. */
    public String getResult() {
        return result;
    }

    /** Why it was stopped: one sentence. */
    public List<String> getCauses() {
        return List.of(cause);
    }

    /** Whether it stops the build, rather than a block of it. */
    public boolean isActualInterruption() {
        return actual;
    }

    /** It has reached the block that it was to stop. */
    public void setActualInterruption(boolean actual) {
        this.actual = actual;
    }
}
