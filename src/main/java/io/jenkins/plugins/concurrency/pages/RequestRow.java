package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of one request whose build the viewer may read.
 */
@Restricted(NoExternalUse.class)
public final class RequestRow {
    private final RequestView view;
    private final Job<?, ?> job;
    private final Run<?, ?> run;

    private RequestRow(RequestView view, Job<?, ?> job, Run<?, ?> run) {
        this.view = view;
        this.job = job;
        this.run = run;
    }

    /** Empty if the current user may not read the build, or the job of the queue item that is to become one. */
    static Optional<RequestRow> of(RequestView view) {
        return view.owner().queueItem()
                ? VisibleItems.job(view.owner().job()).map(job -> new RequestRow(view, job, null))
                : VisibleItems.build(view.owner()).map(run -> new RequestRow(view, run.getParent(), run));
    }

    @NonNull
    public Job<?, ?> getJob() {
        return job;
    }

    /** Null while it is in the queue. */
    @CheckForNull
    public Run<?, ?> getRun() {
        return run;
    }

    public int getPlace() {
        return view.place();
    }

    /** The numbers of its slots. */
    @NonNull
    public String getSlots() {
        if (view.claim().exclusive()) {
            return Messages.RequestRow_all();
        }
        return view.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** How many slots it asks for. */
    @NonNull
    public String getAsked() {
        return view.claim().exclusive()
                ? Messages.RequestRow_all()
                : String.valueOf(view.claim().slots());
    }

    /** When it began to run, or to wait. */
    @NonNull
    public Date getSince() {
        return Date.from(since());
    }

    @NonNull
    public String getDuration() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - since().toEpochMilli()));
    }

    private Instant since() {
        return view.runningSince().orElse(view.since());
    }

    @NonNull
    public Behavior getBehavior() {
        return view.behavior();
    }

    public int getPriority() {
        return view.priority();
    }

    public boolean isLeaving() {
        return view.leaving();
    }

    public boolean isOverLimit() {
        return view.overLimit();
    }

    /** The group that it still waits for while it has slots here; null if it has all. */
    @CheckForNull
    public String getWaitingElsewhere() {
        return view.place() > 0 ? null : view.waitingIn().map(GroupKey::name).orElse(null);
    }

    @CheckForNull
    public String getReason() {
        return ConcurrencyManager.get().reason(view.key()).orElse(null);
    }
}
