package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.records.BuildWait;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Notes down with each build what it waited for, and for how long. What a queue item waited for is kept until that has become
 * a build.
 *
 * <p>Calls for one request come one after the other; for several they may come at once.
 */
final class WaitRecorder {
    private static final Logger LOGGER = Logger.getLogger(WaitRecorder.class.getName());

    /** A group that a request lined up in. */
    private record Line(GroupKey group, Instant since) {}

    /** Where those that wait have lined up, the first group first. */
    private final Map<RequestKey, List<Line>> lines = new ConcurrentHashMap<>();
    /** Of queue items that have their slots. */
    private final Map<RequestKey, List<BuildWait>> items = new ConcurrentHashMap<>();

    void onEffect(Effect effect) {
        RequestKey key = effect.request();
        if (effect instanceof Effect.Queued queued) {
            lines.merge(key, List.of(new Line(queued.group(), Instant.now())), WaitRecorder::and);
        } else if (effect instanceof Effect.Granted granted) {
            add(key, granted.owner(), granted(lines.remove(key), granted));
        } else if (effect instanceof Effect.Ended ended) {
            lines.remove(key);
            add(key, ended.owner(), List.of(BuildWait.refused(ended.group(), ended.waited(), ended.outcome())));
        } else if (effect instanceof Effect.Left) {
            lines.remove(key);
            items.remove(key);
        }
    }

    private static List<Line> and(List<Line> before, List<Line> next) {
        if (before.get(before.size() - 1).group().equals(next.get(0).group())) {
            return before;
        }
        List<Line> all = new ArrayList<>(before);
        all.addAll(next);
        return all;
    }

    /** Each wait ends where the next begins. The first has the rest: what was before a restart is a part of that. */
    private static List<BuildWait> granted(List<Line> lined, Effect.Granted effect) {
        List<BuildWait> waits = new ArrayList<>();
        Instant end = Instant.now();
        Duration rest = effect.waited();
        for (int i = lined == null ? -1 : lined.size() - 1; i >= 0; i--) {
            Line line = lined.get(i);
            Duration waited = i == 0 ? rest : Duration.between(line.since(), end);
            waits.add(
                    0,
                    BuildWait.granted(line.group(), waited.isNegative() ? Duration.ZERO : waited, slots(line, effect)));
            rest = rest.minus(waited);
            end = line.since();
        }
        return waits;
    }

    private static int slots(Line line, Effect.Granted effect) {
        return effect.grants().stream()
                .filter(grant -> grant.group().equals(line.group()) && !grant.exclusive())
                .map(Grant::slots)
                .mapToInt(List::size)
                .sum();
    }

    private void add(RequestKey key, Owner owner, List<BuildWait> waits) {
        if (!owner.queueItem()) {
            add(owner, waits);
        } else if (!waits.isEmpty() && waits.get(0).getOutcome() == null) {
            items.put(key, waits);
        }
    }

    /** A queue item has become a build. After a restart, no more is known than what the engine knows. */
    void transferred(RequestKey key, Owner build, Optional<RequestView> request) {
        List<BuildWait> waits = items.remove(key);
        add(
                build,
                waits != null
                        ? waits
                        : request.stream().flatMap(view -> total(view).stream()).toList());
    }

    private static Optional<BuildWait> total(RequestView view) {
        return view.runningSince()
                .map(start -> Duration.between(view.since(), start))
                .filter(waited -> !waited.isNegative())
                .map(waited -> BuildWait.granted(
                        view.claim().group(), waited, view.slots().size()));
    }

    /** Nothing depends on it. */
    private static void add(Owner owner, List<BuildWait> waits) {
        if (waits.isEmpty()) {
            return;
        }
        try {
            Runs.find(owner).ifPresent(run -> BuildWaits.add(run, waits));
        } catch (RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot note down for how long " + owner + " waited");
        }
    }
}
