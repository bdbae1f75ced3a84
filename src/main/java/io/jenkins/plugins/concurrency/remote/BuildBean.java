package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build, or an item of the build queue that is to become one, that the current user may read. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class BuildBean {
    private final Job<?, ?> job;
    private final Run<?, ?> run;
    private final Long queueId;

    private BuildBean(Job<?, ?> job, Run<?, ?> run, Long queueId) {
        this.job = job;
        this.run = run;
        this.queueId = queueId;
    }

    static Optional<BuildBean> of(Owner owner) {
        return owner.queueItem()
                ? VisibleItems.job(owner.job()).map(job -> new BuildBean(job, null, owner.number()))
                : VisibleItems.build(owner).map(run -> new BuildBean(run.getParent(), run, null));
    }

    /** A build of long ago need not be there any more: then only its job is named. */
    static Optional<BuildBean> of(BuildReference reference) {
        return VisibleItems.job(reference.owner().job())
                .map(job -> new BuildBean(job, BuildReferences.find(reference).orElse(null), null));
    }

    Job<?, ?> job() {
        return job;
    }

    /** The full name of its job. */
    @Exported(name = "job")
    @NonNull
    public String getJobName() {
        return job.getFullName();
    }

    /** Null while it is in the build queue, or if it was deleted. */
    @Exported
    @CheckForNull
    public Integer getNumber() {
        return run == null ? null : run.getNumber();
    }

    /** Null if it has left the build queue. */
    @Exported
    @CheckForNull
    public Long getQueueId() {
        return queueId;
    }

    /** Of the build, or else of its job. */
    @Exported
    @NonNull
    public String getUrl() {
        return Urls.of(run == null ? job.getUrl() : run.getUrl());
    }
}
