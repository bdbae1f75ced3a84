package io.jenkins.plugins.concurrency.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.codec.digest.DigestUtils;

/** How a declared group is used, and what becomes of the requests for it. */
final class GroupMetrics {
    private static final int HASH_LENGTH = 6;

    private final GroupKey group;
    private final RequestMetrics requests = new RequestMetrics();

    GroupMetrics(GroupKey group) {
        this.group = group;
    }

    RequestMetrics requests() {
        return requests;
    }

    /** By their full names. */
    Map<String, Metric> all() {
        Map<String, Metric> all = new LinkedHashMap<>();
        String prefix = "concurrency.group." + name() + ".";
        all.put(prefix + "limit", gauge(GroupView::limit));
        all.put(prefix + "used", gauge(GroupView::used));
        all.put(prefix + "utilization", gauge(view -> (double) view.used() / view.limit()));
        all.put(prefix + "running", gauge(GroupView::runningCount));
        all.put(prefix + "waiting", gauge(GroupView::waitingCount));
        all.put(prefix + "longestWaitSeconds", gauge(GroupMetrics::longestWait));
        requests.all().forEach((name, metric) -> all.put(prefix + name, metric));
        return all;
    }

    /** Of letters and digits alone, as many tools know no others; two groups never have the same. */
    private String name() {
        String plain = group.name().replaceAll("[^A-Za-z0-9]+", "_");
        return plain.equals(group.name())
                ? plain
                : plain + "_" + DigestUtils.sha256Hex(group.foldedName()).substring(0, HASH_LENGTH);
    }

    private Gauge<Double> gauge(ToDoubleFunction<GroupView> value) {
        return () -> ConcurrencyManager.get()
                .group(group, 0, 1)
                .map(value::applyAsDouble)
                .orElse(0.0);
    }

    /** Of the one that is served next. */
    private static double longestWait(GroupView view) {
        return view.waiting().stream()
                .map(RequestView::since)
                .mapToDouble(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .findFirst()
                .orElse(0);
    }
}
