package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Requester;
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
    private final Optional<Estimate> estimate;

    private RequestRow(RequestView view, Job<?, ?> job, Run<?, ?> run, Optional<Estimate> estimate) {
        this.view = view;
        this.job = job;
        this.run = run;
        this.estimate = estimate;
    }

    /**
     * @param estimate when it will probably end, if it runs, or start, if it waits
     * @return empty if the current user may not read the build, or the job of the queue item that is to become one
     */
    static Optional<RequestRow> of(RequestView view, Optional<Estimate> estimate) {
        return view.owner().queueItem()
                ? VisibleItems.job(view.owner().job()).map(job -> new RequestRow(view, job, null, estimate))
                : VisibleItems.build(view.owner()).map(run -> new RequestRow(view, run.getParent(), run, estimate));
    }

    /** Names the request, for the browser and for what it asks to be done. */
    @NonNull
    public String getKey() {
        return view.key().toString();
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

    /** The stage or branch of the build that asks; null if it is not known, or the whole build does. */
    @CheckForNull
    public Branch getBranch() {
        return run == null
                ? null
                : requester()
                        .flatMap(Requester::block)
                        .flatMap(block -> Branch.of(run, block))
                        .orElse(null);
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

    boolean has(int slot) {
        return view.claim().exclusive() || view.slots().contains(slot);
    }

    /** How many slots it asks for. */
    @NonNull
    public String getAsked() {
        return isWhole()
                ? Messages.RequestRow_all()
                : String.valueOf(view.claim().slots());
    }

    /** Whether it asks for the whole group. */
    public boolean isWhole() {
        return view.claim().exclusive();
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

    /** When it will probably end, or start; null if that cannot be told. */
    @CheckForNull
    public EstimateView getEstimate() {
        return estimate.map(EstimateView::new).orElse(null);
    }

    /** How much of its usual time it has had, in percent; -1 if that is not known. */
    public int getProgress() {
        if (estimate.isEmpty()) {
            return -1;
        }
        long had = System.currentTimeMillis() - since().toEpochMilli();
        long all = estimate.get().likely().toEpochMilli() - since().toEpochMilli();
        return all <= 0 ? 100 : (int) Math.max(0, Math.min(100, 100 * had / all));
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
        return requester().flatMap(Requester::reason).orElse(null);
    }

    private Optional<Requester> requester() {
        return ConcurrencyManager.get().requester(view.key());
    }

    /** Whether the viewer may cancel it. */
    public boolean isCancellable() {
        return job.hasPermission(Item.CANCEL);
    }
}
