package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Owner;
import jenkins.model.Jenkins;

/**
 * What builds, and queue items that are to become some, are called in logs and messages. One that the current user may
 * not read has no name.
 *
 * @since 1.0
 */
public final class BuildNames {
    private BuildNames() {}

    /** Such as: deploy #12. */
    @NonNull
    public static String plain(@NonNull Owner owner) {
        return owner.queueItem()
                ? queued(owner)
                : Runs.visible(owner).map(Run::getFullDisplayName).orElse("a hidden build");
    }

    /** The same with a link, for a log. */
    @NonNull
    public static String link(@NonNull Owner owner) {
        return owner.queueItem()
                ? queued(owner)
                : Runs.visible(owner)
                        .map(run -> ModelHyperlinkNote.encodeTo("/" + run.getUrl(), run.getFullDisplayName()))
                        .orElse("a hidden build");
    }

    private static String queued(Owner owner) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(owner.job(), Job.class);
        return job == null ? "a hidden build" : "a build of " + job.getFullDisplayName() + " that is about to start";
    }
}
