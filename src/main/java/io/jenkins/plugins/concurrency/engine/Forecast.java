package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Estimates when requests leave a group and when those who wait there get their slots: the group's order is played through
 * with the times for which leases like these were held in the past. Where there is no such past there is no estimate.
 *
 * <p>What happens in other groups, newcomers that go first, deadlines and a person's doings are not foreseen.
 *
 * @since 1.0
 */
public final class Forecast {
    private static final double[] QUANTILES = {0.25, 0.5, 0.75};

    private final Instant now;
    private final Function<RequestView, HoldTimes> past;

    /**
     * @param past what is known of leases like that of a request; none if nothing is
     */
    public Forecast(Instant now, Function<RequestView, HoldTimes> past) {
        this.now = now;
        this.past = past;
    }

    /** When one that runs will probably end. */
    public Optional<Estimate> end(RequestView running) {
        return estimate(quantile -> time(remaining(running, quantile)));
    }

    /**
     * When those who wait in a group will probably start.
     *
     * @param group with all who run in it, and with those who wait from the first one on
     * @return for each who waits there, in their order
     */
    public List<Optional<Estimate>> starts(GroupView group) {
        List<List<Optional<Instant>>> played = new ArrayList<>();
        for (double quantile : QUANTILES) {
            played.add(play(group, quantile));
        }
        List<Optional<Estimate>> starts = new ArrayList<>();
        for (int i = 0; i < group.waiting().size(); i++) {
            starts.add(estimate(
                    played.get(0).get(i), played.get(1).get(i), played.get(2).get(i)));
        }
        return starts;
    }

    private static Optional<Estimate> estimate(Function<Double, Optional<Instant>> at) {
        return estimate(at.apply(QUANTILES[0]), at.apply(QUANTILES[1]), at.apply(QUANTILES[2]));
    }

    private static Optional<Estimate> estimate(
            Optional<Instant> earliest, Optional<Instant> likely, Optional<Instant> latest) {
        return earliest.isPresent() && likely.isPresent()
                ? Optional.of(new Estimate(earliest.get(), likely.get(), latest))
                : Optional.empty();
    }

    /** So many slots are free from then on. */
    private record Release(Instant at, int slots) {}

    private List<Optional<Instant>> play(GroupView group, double quantile) {
        PriorityQueue<Release> releases = new PriorityQueue<>(Comparator.comparing(Release::at));
        for (RequestView running : group.running()) {
            time(remaining(running, quantile)).ifPresent(end -> releases.add(new Release(end, slots(running, group))));
        }
        int free = group.limit() - group.used();
        Instant at = now;
        boolean known = !group.paused();
        List<Optional<Instant>> starts = new ArrayList<>();
        for (RequestView waiting : group.waiting()) {
            int needed = slots(waiting, group);
            while (known && free < needed) {
                Release next = releases.poll();
                known = next != null;
                if (known) {
                    free += next.slots();
                    at = at.isBefore(next.at()) ? next.at() : at;
                }
            }
            starts.add(known ? Optional.of(at) : Optional.empty());
            free -= needed;
            Instant start = at;
            remaining(waiting, quantile).ifPresent(held -> releases.add(new Release(start.plus(held), needed)));
        }
        return starts;
    }

    private static int slots(RequestView request, GroupView group) {
        return request.claim().exclusive() ? group.limit() : request.claim().slots();
    }

    private Optional<Instant> time(Optional<Duration> remaining) {
        return remaining.map(now::plus);
    }

    /** For how much longer one that runs, or for how long one that waits, will have its slots. */
    private Optional<Duration> remaining(RequestView request, double quantile) {
        Duration already = request.runningSince()
                .map(since -> Duration.between(since, now))
                .filter(held -> !held.isNegative())
                .orElse(Duration.ZERO);
        return past.apply(request).remaining(already, quantile);
    }
}
