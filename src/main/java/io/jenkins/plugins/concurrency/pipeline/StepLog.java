package io.jenkins.plugins.concurrency.pipeline;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GrantText;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.LogNames;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a {@code concurrency} step tells in its build's log. Other builds are named as far as this one may read them. */
final class StepLog {
    private static final int MOST_HOLDERS = 5;

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
            LOGGER.log(Level.FINE, x, () -> "Cannot tell the log of " + context);
        }
    }

    void queued(GroupKey group, int place) {
        String position = place > 0 ? ", place " + place + " in the queue" : "";
        println("Waiting for " + name(group) + position + ". " + holders(group));
    }

    void stillWaiting(GroupKey group, int place, long millis) {
        println("Still waiting for " + name(group) + " after " + Util.getTimeSpanString(millis) + ", place " + place
                + " in the queue. " + holders(group));
    }

    void executorHeld() {
        println(
                "This build holds an executor while it waits. To wait without one, put 'concurrency' around 'node'; in"
                        + " Declarative, put it in 'options' of a stage that has its own 'agent', with 'agent none' at the top.");
    }

    void recovering() {
        println("The controller has just started; nobody gets in before all builds have told what they hold.");
    }

    void granted(Effect.Granted effect, boolean waited) {
        String after =
                waited ? " after " + Util.getTimeSpanString(effect.waited().toMillis()) : "";
        GrantText.granted(effect, "An enclosing block", after).forEach(this::println);
    }

    void limitChanged(Effect.LimitChanged effect) {
        println(GrantText.limitChanged(effect));
    }

    void skipped(GroupKey group) {
        println("No slot of " + name(group) + " is free; this block is skipped.");
    }

    void cancelled(Effect.CancelRunning effect) {
        println("Cancelled in " + name(effect.group()) + " for the sake of " + names.link(effect.by()) + ".");
    }

    void superseded(GroupKey group, Owner by) {
        println("No longer waiting for " + name(group) + ": " + names.link(by) + " takes the place.");
    }

    static String name(GroupKey group) {
        return GroupLabels.label(group);
    }

    private String holders(GroupKey group) {
        GroupView view = ConcurrencyManager.get().group(group, 0, MOST_HOLDERS).orElse(null);
        if (view == null || view.running().isEmpty()) {
            return "Nobody holds it.";
        }
        int more = view.runningCount() - view.running().size();
        return view.used() + " of " + view.limit() + " slots are held by "
                + view.running().stream()
                        .map(RequestView::owner)
                        .distinct()
                        .map(names::link)
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more." : ".");
    }

    private void println(String text) {
        listener.getLogger().println(text);
    }
}
