package io.jenkins.plugins.concurrency.records;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a group was used in the spans of one period. Those in which nothing happened are not there. Not safe for several threads.
 */
final class UsageSeries {
    private final int count;
    private final long length;
    /** By how many spans came before it since 1970. */
    private final NavigableMap<Long, UsageSpan> spans = new TreeMap<>();

    UsageSeries(Usage.Period period) {
        count = period.count();
        length = period.span().toMillis();
    }

    UsageSeries copy(Usage.Period period) {
        UsageSeries copy = new UsageSeries(period);
        spans.forEach((index, span) -> copy.spans.put(index, span.copy()));
        return copy;
    }

    UsageSpan at(long millis) {
        return span(Math.floorDiv(millis, length));
    }

    private UsageSpan span(long index) {
        UsageSpan known = spans.get(index);
        if (known != null) {
            return known;
        }
        UsageSpan span = new UsageSpan();
        spans.put(index, span);
        spans.headMap(index - count, true).clear();
        // Of a clock that was wrong; who notes down an event may be a little late.
        spans.tailMap(index + 1, false).clear();
        return span;
    }

    /** So much was used all the time. It costs the spans that there are between, and no more than a period has. */
    void add(long from, long to, int used, int limit, int waiting) {
        long last = Math.floorDiv(to - 1, length);
        long first = Math.max(Math.floorDiv(from, length), last - count + 1);
        for (long index = first; index <= last && from < to; index++) {
            UsageSpan span = span(index);
            span.used += used * (Math.min(to, (index + 1) * length) - Math.max(from, index * length));
            span.saw(limit, waiting);
        }
    }

    /** All spans until now. */
    List<Usage> until(long now) {
        long last = Math.floorDiv(now, length);
        List<Usage> all = new ArrayList<>(count);
        Map.Entry<Long, UsageSpan> before = spans.lowerEntry(last - count + 1);
        int limit = before == null ? 0 : before.getValue().limit;
        for (long index = last - count + 1; index <= last; index++) {
            UsageSpan span = spans.get(index);
            limit = span == null || span.limit == 0 ? limit : span.limit;
            long passed = Math.max(1, Math.min(length, now - index * length));
            all.add(usage(index * length, passed, limit, span == null ? new UsageSpan() : span));
        }
        return List.copyOf(all);
    }

    private Usage usage(long from, long passed, int limit, UsageSpan span) {
        return new Usage(
                Instant.ofEpochMilli(from),
                Duration.ofMillis(length),
                (double) span.used / passed,
                limit,
                span.mostWaiting,
                span.granted,
                Duration.ofMillis(span.waited),
                Duration.ofMillis(span.longest));
    }

    /** Puts in what was before. */
    void addOlder(UsageSeries older) {
        older.spans.forEach((index, span) ->
                spans.computeIfAbsent(index, any -> new UsageSpan()).add(span));
        if (!spans.isEmpty()) {
            spans.headMap(spans.lastKey() - count, true).clear();
        }
    }

    /** As it is stored: a line for each span. */
    String text() {
        return spans.entrySet().stream()
                .map(span -> span.getKey() + " " + span.getValue().text())
                .collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException if that is none */
    void parse(String text) {
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int blank = Math.max(0, line.indexOf(' '));
            spans.put(Long.parseLong(line.substring(0, blank)), UsageSpan.parse(line.substring(blank + 1)));
        });
        while (spans.size() > count) {
            spans.pollFirstEntry();
        }
    }
}
