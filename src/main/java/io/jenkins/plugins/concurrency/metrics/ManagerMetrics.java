package io.jenkins.plugins.concurrency.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import io.jenkins.plugins.concurrency.engine.Totals;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Measures the manager: all requests together, and those of each declared group. */
final class ManagerMetrics implements Meter {
    private final RequestMetrics requests = new RequestMetrics();
    private final RequestMetrics shared = new RequestMetrics();
    private final Timer calls = new Timer();
    private final Timer delays = new Timer();
    private final Counter swept = new Counter();
    private final Map<GroupKey, GroupMetrics> groups = new ConcurrentHashMap<>();

    /** Those that are always there, by their full names. */
    Map<String, Metric> all() {
        Map<String, Metric> all = new LinkedHashMap<>();
        all.put("concurrency.groups", (Gauge<Integer>)
                () -> ConcurrencyManager.get().groups().size());
        all.put("concurrency.running", (Gauge<Integer>) () -> totals().running());
        all.put("concurrency.waiting", (Gauge<Integer>) () -> totals().waiting());
        all.put("concurrency.longestWaitSeconds", (Gauge<Double>) () -> totals().longestWaiting()
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0));
        all.put("concurrency.engineCall", calls);
        all.put("concurrency.effectDelay", delays);
        all.put("concurrency.swept", swept);
        requests.all().forEach((name, metric) -> all.put("concurrency." + name, metric));
        shared.all().forEach((name, metric) -> all.put("concurrency.shared." + name, metric));
        return all;
    }

    private static Totals totals() {
        return ConcurrencyManager.get().lookups().totals();
    }

    /** The declared groups that are measured. */
    Map<GroupKey, GroupMetrics> groups() {
        return groups;
    }

    private Optional<RequestMetrics> of(GroupKey group) {
        return Optional.ofNullable(groups.get(group)).map(GroupMetrics::requests);
    }

    @Override
    public void called(@NonNull List<Effect> effects, @NonNull Duration took) {
        calls.update(took);
        effects.forEach(effect -> count(effect, requests));
    }

    @Override
    public void shared(@NonNull Effect effect) {
        count(effect, shared);
    }

    private void count(Effect effect, RequestMetrics all) {
        if (effect instanceof Effect.Granted granted) {
            all.granted(granted.waited());
            granted.grants().forEach(grant -> of(grant.group()).ifPresent(group -> group.granted(granted.waited())));
        } else if (effect instanceof Effect.Ended ended) {
            all.ended(ended.outcome());
            of(ended.group()).ifPresent(group -> group.ended(ended.outcome()));
        } else if (effect instanceof Effect.CancelRunning cancel) {
            all.cancelled();
            of(cancel.group()).ifPresent(RequestMetrics::cancelled);
        } else if (effect instanceof Effect.Left left) {
            left.held().ifPresentOrElse(all::released, all::left);
            left.groups()
                    .forEach(key ->
                            of(key).ifPresent(group -> left.held().ifPresentOrElse(group::released, group::left)));
        }
    }

    @Override
    public void carriedOut(@NonNull Duration after) {
        delays.update(after);
    }

    @Override
    public void restored(@NonNull SavedState past) {
        if (past.runningSince().isPresent()) {
            restored(past.grants(), requests);
        }
    }

    @Override
    public void restoredShared(@NonNull List<Grant> grants) {
        restored(grants, shared);
    }

    private void restored(List<Grant> grants, RequestMetrics all) {
        all.restored();
        grants.forEach(grant -> of(grant.group()).ifPresent(RequestMetrics::restored));
    }

    @Override
    public void swept() {
        swept.inc();
    }
}
