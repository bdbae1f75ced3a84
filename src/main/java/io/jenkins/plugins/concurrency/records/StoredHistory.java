package io.jenkins.plugins.concurrency.records;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is remembered of one group, as it is stored. Written to disk: some KB as a rule, and about 120 KB where all is full and
 * the names of jobs have 100 characters. Numbers stand in lines of text, as an element for each would take several times that.
 */
final class StoredHistory {
    static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("groupHistory", StoredHistory.class);
        XSTREAM.alias("event", HistoryEvent.class);
        XSTREAM.alias("holds", Holds.class);
    }

    private final GroupKey group;
    /** The oldest first. */
    private final List<HistoryEvent> events;

    private final List<Holds> holds;
    private final String hours;
    private final String days;
    private final String weeks;

    /** For how long builds of a job held slots: the newest first. */
    private static final class Holds {
        private final String job;
        private final String times;

        Holds(String job, long[] times) {
            this.job = job;
            this.times = Arrays.stream(times).mapToObj(Long::toString).collect(Collectors.joining(" "));
        }

        long[] times() {
            return Arrays.stream(times.split(" ")).mapToLong(Long::parseLong).toArray();
        }
    }

    StoredHistory(GroupHistory of) {
        group = of.group();
        events = new ArrayList<>(of.events().oldestFirst());
        holds = new ArrayList<>();
        of.holds().jobs().forEach(job -> holds.add(new Holds(job, of.holds().of(job))));
        hours = of.usage().of(Usage.Period.HOURS).text();
        days = of.usage().of(Usage.Period.DAYS).text();
        weeks = of.usage().of(Usage.Period.WEEKS).text();
    }

    /** @throws RuntimeException if it is damaged */
    GroupHistory restored() {
        JobHolds jobs = new JobHolds();
        holds.forEach(one -> jobs.add(Objects.requireNonNull(one.job), one.times()));
        GroupUsage usage = new GroupUsage();
        parse(usage, Usage.Period.HOURS, hours);
        parse(usage, Usage.Period.DAYS, days);
        parse(usage, Usage.Period.WEEKS, weeks);
        return new GroupHistory(
                Objects.requireNonNull(group),
                new GroupEvents(events.stream().filter(HistoryEvent::isWhole).toList()),
                jobs,
                usage);
    }

    private static void parse(GroupUsage usage, Usage.Period period, @CheckForNull String text) {
        if (text != null) {
            usage.of(period).parse(text);
        }
    }
}
