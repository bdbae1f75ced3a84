package io.jenkins.plugins.concurrency.records;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How much a group was used, in spans of each period. Between two samples, it was used as the first of them says; what was before
 * a restart goes on no longer. Not safe for several threads.
 */
final class GroupUsage {
    private final Map<Usage.Period, UsageSeries> series = new EnumMap<>(Usage.Period.class);
    private Sample last = new Sample(0, 0, 0, 0);

    private record Sample(long at, int used, int limit, int waiting) {
        boolean isIdle() {
            return used == 0 && waiting == 0;
        }
    }

    GroupUsage() {
        for (Usage.Period period : Usage.Period.values()) {
            series.put(period, new UsageSeries(period));
        }
    }

    GroupUsage(GroupUsage same) {
        same.series.forEach((period, spans) -> series.put(period, spans.copy(period)));
        last = same.last;
    }

    UsageSeries of(Usage.Period period) {
        return series.get(period);
    }

    boolean isInUse() {
        return !last.isIdle();
    }

    /**
     * @param limit 0 if it is not known
     * @return whether that is anything new
     */
    boolean sample(long at, int used, int limit, int waiting) {
        Sample before = last;
        last = new Sample(at, used, limit > 0 ? limit : before.limit, waiting);
        if (before.isIdle() && last.isIdle()) {
            return false;
        }
        each(spans -> go(spans, before, at));
        if (!last.isIdle()) {
            each(spans -> spans.at(at).saw(last.limit, waiting));
        }
        return true;
    }

    private static void go(UsageSeries spans, Sample from, long to) {
        if (!from.isIdle()) {
            spans.add(from.at, to, from.used, from.limit, from.waiting);
        }
    }

    void granted(long at, Duration waited) {
        each(spans -> {
            spans.at(at).granted(waited.toMillis());
            spans.at(at).saw(last.limit, 0);
        });
    }

    List<Usage> until(Usage.Period period, long now) {
        UsageSeries spans = series.get(period).copy(period);
        go(spans, last, now);
        return spans.until(now);
    }

    void addOlder(GroupUsage older) {
        series.forEach((period, spans) -> spans.addOlder(older.of(period)));
    }

    private void each(Consumer<UsageSeries> action) {
        series.values().forEach(action);
    }
}
