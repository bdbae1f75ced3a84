package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.Forecast;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.HoldTimes;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How good the estimates are that the plugin's pages show: each is made when a build begins to wait, and judged when it starts. */
final class EstimateTally {
    /** As many as the plugin remembers of a job in a group. */
    private static final int REMEMBERED = 50;

    /** The plugin has no estimate for those further behind. */
    private static final int FARTHEST = 100;

    private record Lease(GroupKey group, String job) {}

    private record Made(long at, Estimate estimate) {}

    private final Engine engine;
    private final Map<Lease, Deque<Duration>> past = new HashMap<>();
    private final Map<RequestKey, Made> made = new HashMap<>();
    private final List<Double> errors = new ArrayList<>();
    private int waits;
    private int before;
    private int within;

    EstimateTally(Engine engine) {
        this.engine = engine;
    }

    void waits(RequestKey request, GroupKey group, long now) {
        waits++;
        int place = engine.find(request).orElseThrow().place();
        if (place > FARTHEST) {
            return;
        }
        int running = engine.group(group, 0, 0).map(GroupView::runningCount).orElse(0);
        GroupView view = engine.group(group, 0, Math.max(running, place)).orElseThrow();
        Forecast forecast = new Forecast(
                Instant.ofEpochMilli(now), other -> holds(group, other.owner().job()));
        Optional<Estimate> estimate = forecast.starts(view).get(place - 1);
        estimate.ifPresent(found -> made.put(request, new Made(now, found)));
    }

    private HoldTimes holds(GroupKey group, String job) {
        return new HoldTimes(List.copyOf(past.getOrDefault(new Lease(group, job), new ArrayDeque<>())));
    }

    void started(RequestKey request, long now) {
        Made judged = made.remove(request);
        if (judged == null) {
            return;
        }
        Instant start = Instant.ofEpochMilli(now);
        long waited = Math.max(1, now - judged.at());
        errors.add(Math.abs(judged.estimate().likely().toEpochMilli() - now) / (double) waited);
        if (start.isBefore(judged.estimate().earliest())) {
            before++;
        } else if (judged.estimate().latest().filter(start::isAfter).isEmpty()) {
            within++;
        }
    }

    /** It got no slots, so that nothing can be said of its estimate. */
    void refused(RequestKey request) {
        made.remove(request);
    }

    void ended(String job, List<Grant> grants, long started, long now) {
        for (Grant grant : grants) {
            Deque<Duration> known = past.computeIfAbsent(new Lease(grant.group(), job), lease -> new ArrayDeque<>());
            known.addLast(Duration.ofMillis(now - started));
            if (known.size() > REMEMBERED) {
                known.removeFirst();
            }
        }
    }

    int waits() {
        return waits;
    }

    /** How many estimates could be judged. */
    int judged() {
        return errors.size();
    }

    /** By how much the middle one of them was off, as a share of the wait. */
    double medianError() {
        List<Double> sorted = errors.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** The share of them whose build started within the range. */
    double within() {
        return errors.isEmpty() ? 0 : (double) within / errors.size();
    }

    /** The share of them whose build started before the range. */
    double before() {
        return errors.isEmpty() ? 0 : (double) before / errors.size();
    }
}
