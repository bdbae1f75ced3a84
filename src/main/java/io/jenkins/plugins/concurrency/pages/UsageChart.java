package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.records.Usage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How much a group was used, for the chart and the table of its page. */
@ExportedBean(defaultVisibility = 9)
@Restricted(NoExternalUse.class)
public final class UsageChart {
    private final List<Span> spans;

    /**
     * @param period the name of a {@link Usage.Period}; of anything else, the shortest
     */
    UsageChart(GroupKey group, @CheckForNull String period) {
        Usage.Period asked = Arrays.stream(Usage.Period.values())
                .filter(one -> one.name().equals(period))
                .findFirst()
                .orElse(Usage.Period.HOURS);
        spans = ConcurrencyManager.get().history().usage(group, asked, Instant.now()).stream()
                .map(Span::new)
                .toList();
    }

    /** The oldest first. */
    @Exported
    @NonNull
    public List<Span> getSpans() {
        return spans;
    }

    /** A part of the time. */
    @ExportedBean(defaultVisibility = 9)
    public static final class Span {
        private final Usage usage;

        Span(Usage usage) {
            this.usage = usage;
        }

        /** When it began, in milliseconds since 1970. */
        @Exported
        public long getFrom() {
            return usage.from().toEpochMilli();
        }

        /** How many slots were in use on average. */
        @Exported
        public double getUsed() {
            return Math.round(usage.used() * 100) / 100.0;
        }

        @Exported
        public int getLimit() {
            return usage.limit();
        }

        @Exported
        public int getMostWaiting() {
            return usage.mostWaiting();
        }

        @Exported
        public int getGranted() {
            return usage.granted();
        }

        /** How long those waited on average that got their slots, in seconds. */
        @Exported
        public long getAverageWait() {
            return usage.granted() == 0 ? 0 : usage.waited().toSeconds() / usage.granted();
        }

        /** In seconds. */
        @Exported
        public long getLongestWait() {
            return usage.longest().toSeconds();
        }
    }
}
