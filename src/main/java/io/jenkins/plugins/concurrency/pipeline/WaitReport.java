package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Wait;
import io.jenkins.plugins.concurrency.manager.WaitText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Tells a log about a wait: when it starts, and again when its place or those who hold the group have changed, at a {@link Pace}.
 *
 * <p>With thousands of builds that wait, each that starts moves all others. So only the first one of each queue is looked at
 * when something happens, a few seconds later; all are once a minute. What is missed is made up for then: the state of then is
 * told, if it is another one than was told last.
 */
final class WaitReport {
    private static final Logger LOGGER = Logger.getLogger(WaitReport.class.getName());

    /** What the log was told last. */
    private record Told(int place, List<Owner> holders, int moreHolders) {
        static Told of(Wait wait) {
            return new Told(wait.place(), wait.holders(), wait.moreHolders());
        }
    }

    private final boolean holdsExecutor;
    private GroupKey reportedGroup;
    private Told told;
    private Pace pace = new Pace();

    WaitReport(boolean holdsExecutor) {
        this.holdsExecutor = holdsExecutor;
    }

    void queued(StepLog log, Effect.Queued effect) {
        if (effect.group().equals(reportedGroup)) {
            return;
        }
        Optional<Wait> wait = wait(effect.request()).filter(now -> now.key().equals(effect.group()));
        told = wait.map(Told::of).orElse(null);
        pace = new Pace();
        log.queued(effect.group(), wait);
        if (reportedGroup == null && !ConcurrencyManager.get().isRecovered()) {
            log.recovering();
        }
        if (reportedGroup == null && holdsExecutor) {
            log.executorHeld();
        }
        reportedGroup = effect.group();
    }

    /** Empty after a start of Jenkins until all are back: its place is not known before. */
    private static Optional<Wait> wait(RequestKey request) {
        return ConcurrencyManager.get().isRecovered() ? Wait.of(request, WaitText.MOST_HOLDERS) : Optional.empty();
    }

    /**
     * Tells of what has changed; or ends the request, if somebody ended the step without telling it.
     *
     * @param report null if it has not waited yet
     */
    static void remind(@CheckForNull WaitReport report, StepContext context, RequestKey request) {
        if (report != null) {
            report.remind(context, request);
        }
    }

    private void remind(StepContext context, RequestKey request) {
        wait(request).ifPresent(wait -> {
            try {
                if (context.get(FlowNode.class).isActive()) {
                    remind(context, wait);
                } else {
                    ConcurrencyManager.get().end(request);
                }
            } catch (IOException | InterruptedException x) {
                LOGGER.log(
                        Level.FINE,
                        x,
                        () -> "Cannot write to the log of " + wait.request().owner() + " how its wait is going");
            }
        });
    }

    private void remind(StepContext context, Wait wait) throws IOException, InterruptedException {
        Told now = Told.of(wait);
        if (now.equals(told)) {
            return;
        }
        Instant time = Instant.now();
        boolean front = now.place() == 1 && (told == null || told.place() != 1);
        if (pace.isTime(time, front)) {
            told = now;
            pace.told(time);
            StepLog.of(context)
                    .stillWaiting(wait, Duration.between(wait.request().since(), time));
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
