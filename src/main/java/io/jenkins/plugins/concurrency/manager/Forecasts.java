package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.Forecast;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.HoldTimes;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.records.History;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** When requests will probably get their slots, and give them back: the engine's order, played through with past times. */
@Restricted(NoExternalUse.class)
public final class Forecasts {
    /** Whoever waits further behind has no estimate: it would be a guess, and cost time. */
    private static final int FARTHEST = 1_000;

    private Forecasts() {}

    /**
     * When those who wait in a group will probably start.
     *
     * @param from how many are before them in the queue
     * @return one for each of so many, in their order; also where fewer wait
     */
    @NonNull
    public static List<Optional<Estimate>> starts(@NonNull GroupKey group, int from, int count) {
        List<Optional<Estimate>> first = count == 0 ? List.of() : starts(group, from + count);
        return IntStream.range(from, from + count)
                .mapToObj(place -> place < first.size() ? first.get(place) : Optional.<Estimate>empty())
                .toList();
    }

    /** The same for those at the front, as far as that can be told. */
    private static List<Optional<Estimate>> starts(GroupKey group, int count) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        int running = manager.group(group, 0, 0).map(GroupView::runningCount).orElse(0);
        int most = Math.min(FARTHEST, count);
        return manager.group(group, 0, Math.min(FARTHEST, Math.max(running, most)))
                .map(view -> of(group).starts(view))
                .map(starts -> starts.subList(0, Math.min(most, starts.size())))
                .orElse(List.of());
    }

    /** When a request that waits will probably start; empty if that cannot be told. */
    @NonNull
    public static Optional<Estimate> start(@NonNull RequestKey request) {
        return ConcurrencyManager.get()
                .find(request)
                .filter(view -> view.place() > 0 && view.place() <= FARTHEST)
                .flatMap(Forecasts::start);
    }

    private static Optional<Estimate> start(RequestView waiting) {
        return starts(waiting.waitingIn().orElseThrow(), waiting.place() - 1, 1).get(0);
    }

    /** When one that runs in a group will probably end; empty if that cannot be told. */
    @NonNull
    public static Optional<Estimate> end(@NonNull GroupKey group, @NonNull RequestView running) {
        return of(group).end(running);
    }

    private static Forecast of(GroupKey group) {
        History history = ConcurrencyManager.get().history();
        // A forecast asks several times for each of a few jobs.
        Map<String, HoldTimes> past = new HashMap<>();
        return new Forecast(
                Instant.now(),
                request -> past.computeIfAbsent(request.owner().job(), job -> history.holds(group, job)));
    }
}
