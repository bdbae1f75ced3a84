package io.jenkins.plugins.concurrency.pipeline;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.GrantText;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.manager.LogNames;
import io.jenkins.plugins.concurrency.manager.Wait;
import io.jenkins.plugins.concurrency.manager.WaitText;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a {@code concurrency} step tells in its build's log. Other builds are named as far as this one may read them. */
final class StepLog {
    private static final Logger LOGGER = Logger.getLogger(StepLog.class.getName());

    /** Something to tell. */
    @FunctionalInterface
    interface Line {
        void tell(StepLog log) throws IOException, InterruptedException;
    }

    private final TaskListener listener;
    private final LogNames names;

    private StepLog(TaskListener listener, Run<?, ?> run) {
        this.listener = listener;
        this.names = LogNames.in(run);
    }

    static StepLog of(StepContext context) throws IOException, InterruptedException {
        return new StepLog(context.get(TaskListener.class), context.get(Run.class));
    }

    /** Tells something, if that can be done: a log may be gone, its disk full, a name not to be had. Nothing depends on it. */
    static void tell(StepContext context, Line line) {
        try {
            line.tell(of(context));
        } catch (IOException | InterruptedException | RuntimeException x) {
            LOGGER.log(Level.FINE, x, () -> "Cannot write to the log of " + context);
        }
    }

    /**
     * @param wait empty if it is over already
     */
    void queued(GroupKey group, Optional<Wait> wait) {
        println(wait.map(now -> Messages.StepLog_waitingInPlace(name(group), now.place(), why(now)))
                .orElseGet(() -> Messages.StepLog_waiting(name(group))));
    }

    void stillWaiting(Wait wait, Duration waited) {
        println(Messages.StepLog_stillWaiting(
                name(wait.key()), Util.getTimeSpanString(waited.toMillis()), wait.place(), why(wait)));
    }

    private String why(Wait wait) {
        String why = WaitText.why(wait, names::link);
        return why.isEmpty() ? Messages.StepLog_noHolders() : why;
    }

    void executorHeld() {
        println(Messages.StepLog_executorHeld());
    }

    void recovering() {
        println(Labels.recovering());
    }

    void granted(Effect.Granted effect, boolean waited) {
        String span = waited ? Util.getTimeSpanString(effect.waited().toMillis()) : "";
        GrantText.ofBlock(effect, span).forEach(this::println);
    }

    void limitChanged(Effect.LimitChanged effect) {
        println(GrantText.limitChanged(effect));
    }

    void skipped(GroupKey group) {
        println(Messages.StepLog_skipped(name(group)));
    }

    void cancelled(Effect.CancelRunning effect) {
        println(Messages.StepLog_cancelled(name(effect.group()), names.link(effect.by())));
    }

    void superseded(GroupKey group, Owner by) {
        println(Messages.StepLog_superseded(name(group), names.link(by)));
    }

    void told(String line) {
        println(line);
    }

    static String name(GroupKey group) {
        return GroupLabels.label(group);
    }

    private void println(String text) {
        listener.getLogger().println(text);
    }
}
