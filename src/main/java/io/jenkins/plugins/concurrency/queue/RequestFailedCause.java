package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.manager.BuildLog;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.stapler.export.Exported;

/**
 * Why a build failed before it did anything: it could not have its slots. Kept with the build.
 */
public final class RequestFailedCause extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String text;

    RequestFailedCause(@NonNull String text) {
        this.text = text;
    }

    @Exported
    @Override
    public String getShortDescription() {
        return text;
    }

    @Override
    public void print(TaskListener listener) {
        BuildLog.tell(listener, () -> text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestFailedCause that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
