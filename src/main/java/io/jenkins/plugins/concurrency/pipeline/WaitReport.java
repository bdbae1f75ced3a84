package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Tells about a wait: when it starts, and again when its place has changed, the less often the longer it takes. */
final class WaitReport {
    private static final Logger LOGGER = Logger.getLogger(WaitReport.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final boolean holdsExecutor;
    private GroupKey reportedGroup;
    private int place;
    private Duration pause = FIRST_PAUSE;
    private long next;

    WaitReport(boolean holdsExecutor) {
        this.holdsExecutor = holdsExecutor;
    }

    void queued(StepLog log, Effect.Queued effect) {
        if (effect.group().equals(reportedGroup)) {
            return;
        }
        place = ConcurrencyManager.get()
                .find(effect.request())
                .map(RequestView::place)
                .orElse(0);
        log.queued(effect.group(), place);
        if (reportedGroup == null && !ConcurrencyManager.get().isRecovered()) {
            log.recovering();
        }
        if (reportedGroup == null && holdsExecutor) {
            log.executorHeld();
        }
        reportedGroup = effect.group();
        next = System.currentTimeMillis() + pause.toMillis();
    }

    /**
     * Tells of a changed place; or ends the request, if somebody ended the step without telling it.
     *
     * @param report null if it has not waited yet
     */
    static void remind(@CheckForNull WaitReport report, StepContext context, RequestKey request) {
        if (report != null) {
            report.remind(context, request);
        }
    }

    private void remind(StepContext context, RequestKey request) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        manager.find(request).filter(view -> !view.isRunning()).ifPresent(view -> {
            try {
                if (context.get(FlowNode.class).isActive()) {
                    remind(StepLog.of(context), view);
                } else {
                    manager.end(request);
                }
            } catch (IOException | InterruptedException x) {
                LOGGER.log(
                        Level.FINE, x, () -> "Cannot write to the log of " + view.owner() + " how its wait is going");
            }
        });
    }

    private void remind(StepLog log, RequestView view) {
        long now = System.currentTimeMillis();
        if (now >= next && view.place() != place) {
            place = view.place();
            log.stillWaiting(
                    view.waitingIn().orElseThrow(), place, now - view.since().toEpochMilli());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            next = now + pause.toMillis();
        }
    }

    /** How a request is doing, for a thread dump of its Pipeline. */
    static String status(RequestKey request) {
        return ConcurrencyManager.get()
                .find(request)
                .map(view -> view.isRunning()
                        ? "has its slots"
                        : "waits for " + StepLog.name(view.waitingIn().orElseThrow()) + ", place " + view.place())
                .orElse("has no slot");
    }
}
