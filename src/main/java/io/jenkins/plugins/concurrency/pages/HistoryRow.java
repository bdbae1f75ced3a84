package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of something that happened in a group, if the viewer may read the build that it concerns.
 */
@Restricted(NoExternalUse.class)
public final class HistoryRow {
    private final HistoryEvent event;
    private final Job<?, ?> job;
    private final Run<?, ?> run;

    private HistoryRow(HistoryEvent event, Job<?, ?> job, Run<?, ?> run) {
        this.event = event;
        this.job = job;
        this.run = run;
    }

    /** Those that the current user may see, in their order. */
    static List<HistoryRow> of(List<HistoryEvent> events) {
        return events.stream().flatMap(event -> of(event).stream()).toList();
    }

    private static Optional<HistoryRow> of(HistoryEvent event) {
        if (event.build().isEmpty()) {
            return Optional.of(new HistoryRow(event, null, null));
        }
        return event.build()
                .flatMap(build -> VisibleItems.job(build.owner().job())
                        .map(job -> new HistoryRow(
                                event, job, BuildReferences.find(build).orElse(null))));
    }

    @NonNull
    public Date getAt() {
        return event.getAt();
    }

    /** Null if it concerns the whole group. */
    @CheckForNull
    public Job<?, ?> getJob() {
        return job;
    }

    /** Null if there is none, or none any more. */
    @CheckForNull
    public Run<?, ?> getRun() {
        return run;
    }

    /** The newer build that it made way for; null if there is none, or the viewer may not read it. */
    @CheckForNull
    public Run<?, ?> getNewer() {
        return event.by().flatMap(BuildReferences::find).orElse(null);
    }

    /** What the user who did it said; null if nothing, or none did. */
    @CheckForNull
    public String getReason() {
        return event.getReason();
    }

    @NonNull
    public String getText() {
        String user = event.getUser();
        Outcome outcome = event.getOutcome();
        return switch (event.getKind()) {
            case GRANTED -> Messages.HistoryRow_granted(span(event.waited().toMillis()));
            case RELEASED -> Messages.HistoryRow_released(span(event.held().toMillis()));
            // One that says nothing of it comes from a damaged file.
            case REFUSED -> OutcomeText.inShort(outcome == null ? Outcome.WITHDRAWN : outcome);
            case LEFT -> Messages.HistoryRow_left(span(event.waited().toMillis()));
            case CANCELLED_FOR_NEWER -> Messages.HistoryRow_cancelledForNewer();
            case CANCELLED -> Messages.HistoryRow_cancelled(user);
            case MOVED -> Messages.HistoryRow_moved(user);
            case STARTED -> Messages.HistoryRow_started(user);
            case RELEASED_BY_HAND -> Messages.HistoryRow_releasedByHand(user);
            case LIMIT_SET -> Messages.HistoryRow_limitSet(event.limit().orElse(0), user);
            case LIMIT_RESET -> Messages.HistoryRow_limitReset(user);
            case PAUSED -> Messages.HistoryRow_paused(user);
            case RESUMED -> user == null ? Messages.HistoryRow_pauseEnded() : Messages.HistoryRow_resumed(user);
        };
    }

    private static String span(long millis) {
        return Util.getTimeSpanString(millis);
    }
}
