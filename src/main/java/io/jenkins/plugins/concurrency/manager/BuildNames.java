package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Owner;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What builds, and queue items that are to become some, are called for the current user. One that the user may not read
 * has no name.
 */
@Restricted(NoExternalUse.class)
public final class BuildNames {
    static final String ELSEWHERE = "a build in another folder";
    static final String HIDDEN = "a hidden build";

    private BuildNames() {}

    /** Such as: deploy #12. */
    @NonNull
    public static String plain(@NonNull Owner owner) {
        return OtherControllers.name(owner).orElseGet(() -> here(owner));
    }

    private static String here(Owner owner) {
        return owner.queueItem()
                ? queued(owner)
                : VisibleItems.build(owner).map(Run::getFullDisplayName).orElse(HIDDEN);
    }

    /** The same with a link, for a log. A queue item is linked when it has become a build. */
    @NonNull
    static String link(Owner owner) {
        if (OtherControllers.controllerOf(owner).isPresent()) {
            return plain(owner);
        }
        if (owner.queueItem()) {
            return BuildNote.encode(BuildReferences.to(owner), queued(owner));
        }
        return VisibleItems.build(owner).map(BuildNames::link).orElse(HIDDEN);
    }

    static String link(Run<?, ?> run) {
        return ModelHyperlinkNote.encodeTo("/" + run.getUrl(), run.getFullDisplayName());
    }

    private static String queued(Owner owner) {
        return VisibleItems.job(owner.job())
                .map(Job::getFullDisplayName)
                .map(job -> "a build of " + job + " that is about to start")
                .orElse(HIDDEN);
    }
}
