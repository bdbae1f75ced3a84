package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.HoldTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What happened in the groups, for how long their slots were held, and how much they were used. Safe for use by several
 * threads; no caller waits for the disk.
 */
@Restricted(NoExternalUse.class)
public final class History {
    private final Map<GroupKey, Deque<HistoryEvent>> events = new HashMap<>();
    private final Map<GroupKey, Map<String, Deque<Duration>>> holds = new HashMap<>();

    /** Notes down an event. */
    public synchronized void add(@NonNull GroupKey group, @NonNull HistoryEvent event) {
        events.computeIfAbsent(group, any -> new ArrayDeque<>()).addFirst(event);
    }

    /** Notes down for how long a build of this job had its slots. */
    public synchronized void held(@NonNull GroupKey group, @NonNull String job, @NonNull Duration time) {
        holds.computeIfAbsent(group, any -> new HashMap<>())
                .computeIfAbsent(job, any -> new ArrayDeque<>())
                .addFirst(time);
    }

    /** Notes down how much a group is used from now on. */
    public void sample(@NonNull GroupKey group, @NonNull Instant at, int used, int limit, int waiting) {}

    /** Those events of a group that are known, the newest first. */
    @NonNull
    public synchronized List<HistoryEvent> events(@NonNull GroupKey group) {
        return List.copyOf(events.getOrDefault(group, new ArrayDeque<>()));
    }

    /** For how long builds of this job had their slots lately. */
    @NonNull
    public synchronized HoldTimes holds(@NonNull GroupKey group, @NonNull String job) {
        return new HoldTimes(
                new ArrayList<>(holds.getOrDefault(group, Map.of()).getOrDefault(job, new ArrayDeque<>())));
    }

    /** How a group was used lately: all spans of the period, the oldest first, those without use too. */
    @NonNull
    public List<Usage> usage(@NonNull GroupKey group, @NonNull Usage.Period period, @NonNull Instant now) {
        return List.of();
    }

    /** Forgets what there is of a job, or of all in a folder. */
    public void forget(@NonNull String fullName) {}

    /** Follows a job, or all in a folder, to the new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {}
}
