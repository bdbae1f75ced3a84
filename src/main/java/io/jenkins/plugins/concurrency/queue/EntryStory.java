package io.jenkins.plugins.concurrency.queue;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.manager.BuildLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * What there is to tell of an entry before there is a log, and later in that of its build. The lists are replaced, never
 * changed: any thread may write them to disk.
 */
final class EntryStory {
    private static final Logger LOGGER = Logger.getLogger(EntryStory.class.getName());

    /** What it got: that is another thing if it gives back what it has, and asks again. */
    private volatile List<String> lines;
    /** What people did to it by hand. */
    private volatile List<String> told;
    /** The log of its build, once that has begun. */
    private TaskListener listener;
    /** Its build, if that had begun before. */
    private volatile Run<?, ?> resumed;

    EntryStory(List<String> told, List<String> lines) {
        this.told = List.copyOf(told);
        this.lines = List.copyOf(lines);
    }

    List<String> lines() {
        return lines;
    }

    List<String> told() {
        return told;
    }

    synchronized void add(List<String> more) {
        lines = and(lines, more);
    }

    private static List<String> and(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    synchronized void forget() {
        lines = List.of();
    }

    /** Its build begins. */
    void begin(TaskListener log) {
        List<String> all;
        synchronized (this) {
            listener = log;
            all = and(told, lines);
        }
        all.forEach(line -> BuildLog.tell(log, () -> line));
    }

    /** Its build has begun before Jenkins, or this plugin, was started. */
    synchronized void resume(Run<?, ?> run) {
        resumed = run;
    }

    synchronized boolean hasBegun() {
        return listener != null || resumed != null;
    }

    /** Tells something that somebody did by hand, now or when there is a log. */
    void told(Supplier<String> line) {
        TaskListener log;
        synchronized (this) {
            if (!hasBegun()) {
                told = and(told, List.of(line.get()));
                return;
            }
            log = listener;
        }
        BuildLog.tell(log == null ? logOf(resumed) : log, line);
    }

    /** A Pipeline that was resumed never tells that it begins, but has its log at hand; no other build has. */
    private static TaskListener logOf(Run<?, ?> run) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        try {
            return owner == null ? TaskListener.NULL : owner.getListener();
        } catch (IOException x) {
            LOGGER.log(Level.FINE, x, () -> "Cannot write to the log of " + run);
            return TaskListener.NULL;
        }
    }
}
