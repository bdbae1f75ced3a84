package io.jenkins.plugins.concurrency.support;

import com.cloudbees.jenkins.support.api.PrefilteredPrintedContent;
import com.cloudbees.jenkins.support.filter.ContentFilter;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Totals;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import jenkins.model.Jenkins;

/**
 * The engine's state, the groups where most wait, and the last warnings. In a bundle without names, groups have numbers, and
 * jobs and folders are called what the rest of the bundle calls them.
 */
final class StateContent extends PrefilteredPrintedContent {
    private static final int MOST_GROUPS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Formatter TEXTS = new SimpleFormatter();
    private static final String LOGGERS = "io.jenkins.plugins.concurrency";

    StateContent() {
        super("concurrency.md");
    }

    @Override
    protected void printTo(PrintWriter out, @NonNull ContentFilter filter) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        out.println("Concurrency");
        out.println("===========");
        out.println();
        Totals totals = manager.lookups().totals();
        out.println(
                "  * Slots are granted: " + (manager.isRecovered() ? "yes" : "not yet, as Jenkins has just started"));
        out.println("  * Running: " + totals.running());
        out.println("  * Waiting: " + totals.waiting()
                + totals.longestWaiting()
                        .map(since -> ", the first one for "
                                + Duration.between(since, Instant.now()).toSeconds() + " s")
                        .orElse(""));
        out.println("  * An effect is carried out after: "
                + manager.metering()
                        .effectDelay(PATIENCE)
                        .map(delay -> delay.toMillis() + " ms")
                        .orElse("more than " + PATIENCE.toSeconds() + " s"));
        groups(manager, out, filter);
        warnings(out, filter);
    }

    private static void groups(ConcurrencyManager manager, PrintWriter out, ContentFilter filter) {
        List<GroupView> groups = manager.groups().stream()
                .map(key -> manager.group(key, 0, 0))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt((GroupView group) -> -group.waitingCount())
                        .thenComparing(GroupView::key))
                .toList();
        out.println();
        out.println("Groups: " + groups.size());
        out.println("------");
        out.println();
        for (int i = 0; i < Math.min(MOST_GROUPS, groups.size()); i++) {
            out.println("  * " + line(groups.get(i), i + 1, filter));
        }
        if (groups.size() > MOST_GROUPS) {
            out.println("  * ... and others where fewer wait");
        }
    }

    private static String line(GroupView group, int number, ContentFilter filter) {
        // The filter knows the names of jobs and folders, but not those of groups.
        String name = filter == ContentFilter.NONE ? "'" + group.key().name() + "'" : "group " + number;
        return name + " (" + group.key().scope()
                + (group.key().context().isEmpty()
                        ? ""
                        : " " + filter.filter(group.key().context())) + "): "
                + group.used() + " of " + group.limit() + " slots, running " + group.runningCount() + ", waiting "
                + group.waitingCount()
                + (group.declared().isPresent() ? ", declared" : "")
                + (group.override().isPresent() ? ", limit set by a user" : "")
                + (group.paused() ? ", paused" : "")
                + (group.disputed() ? ", limit disputed" : "");
    }

    private static void warnings(PrintWriter out, ContentFilter filter) {
        List<LogRecord> records = Jenkins.logRecords.stream()
                .filter(StateContent::isWarningOfOurs)
                .toList();
        out.println();
        out.println("Recent warnings: " + records.size());
        out.println("---------------");
        out.println();
        for (LogRecord record : records) {
            out.println(filter.filter(Instant.ofEpochMilli(record.getMillis()) + " " + record.getLevel() + " "
                    + TEXTS.formatMessage(record)));
        }
    }

    private static boolean isWarningOfOurs(LogRecord record) {
        return record.getLoggerName() != null
                && record.getLoggerName().startsWith(LOGGERS)
                && record.getLevel().intValue() >= Level.WARNING.intValue();
    }
}
