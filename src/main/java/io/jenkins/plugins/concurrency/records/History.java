package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.HoldTimes;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What happened in the groups, for how long their slots were held, and how much they were used. Of the groups that were used
 * last, {@value #MOST_GROUPS} are remembered; those of a build, or of the builds that one started, are not, as they go with it.
 *
 * <p>Safe for use by several threads; no caller waits for the disk. What is stored is read in the background: until then, only
 * what has happened since is known.
 */
@Restricted(NoExternalUse.class)
public final class History {
    static final int MOST_GROUPS = 1000;

    private final Map<GroupKey, GroupHistory> groups = new HashMap<>();
    private final HistoryFiles files;
    private final HistoryWriter writer;
    private final AtomicBoolean reading = new AtomicBoolean();
    /** What came about before the files were read, which know nothing of it. */
    private final List<UnaryOperator<GroupHistory>> missed = new ArrayList<>();

    private boolean read;
    private long uses;

    /** That of this Jenkins. */
    public History() {
        this(new HistoryFiles(() -> new File(Jenkins.get().getRootDir(), "concurrency-history")));
    }

    History(HistoryFiles files) {
        this.files = files;
        this.writer = new HistoryWriter(files, this::copy);
    }

    /**
     * Reads what was stored, and writes changes from then on. It takes as long as the disk does, so it is for a thread that
     * nobody waits for. Does nothing if it was called before.
     */
    public void load() {
        if (reading.compareAndSet(false, true)) {
            synchronized (files) {
                files.read(this::putIn);
            }
            synchronized (this) {
                read = true;
                missed.clear();
            }
            writer.start();
        }
    }

    private synchronized void putIn(GroupHistory stored) {
        // Those that were written last are read first.
        stored.used(-(++uses));
        GroupHistory now = stored;
        for (UnaryOperator<GroupHistory> change : missed) {
            now = now == null ? null : change.apply(now);
        }
        if (now != stored) {
            writer.changed(stored.group());
        }
        if (now != null) {
            put(now, now != stored);
        }
    }

    /** Writes at once what was not written yet, however long that takes. */
    public void save() {
        writer.write();
    }

    private synchronized Optional<GroupHistory> copy(GroupKey group) {
        return Optional.ofNullable(groups.get(group)).map(known -> known.copyFor(known.group()));
    }

    /**
     * Notes down an event. Each {@code GRANTED} one counts for the use of the group, whether it is kept or not: of events that
     * go well, only the last ones are, and most of all those before which somebody waited for a second or more.
     */
    public void add(@NonNull GroupKey group, @NonNull HistoryEvent event) {
        change(group, known -> known.add(event));
    }

    /** Notes down for how long a build of this job had its slots. */
    public void held(@NonNull GroupKey group, @NonNull String job, @NonNull Duration time) {
        change(group, known -> known.holds().add(job, time.toMillis()));
    }

    private synchronized void change(GroupKey group, Consumer<GroupHistory> change) {
        if (group.scope().outlivesBuilds()) {
            GroupHistory known = groups.get(group);
            if (known == null) {
                known = new GroupHistory(group);
                known.used(++uses);
                put(known, true);
            }
            known.used(++uses);
            change.accept(known);
            writer.changed(group);
        }
    }

    /**
     * Notes down how much a group is used from now on.
     *
     * @param limit 0 if it is not known, as the group is gone
     */
    public synchronized void sample(@NonNull GroupKey group, @NonNull Instant at, int used, int limit, int waiting) {
        GroupHistory known = groups.get(group);
        if (used > 0 || waiting > 0) {
            change(group, any -> any.usage().sample(at.toEpochMilli(), used, limit, waiting));
        } else if (known != null && known.usage().sample(at.toEpochMilli(), used, limit, waiting)) {
            writer.changed(group);
        }
    }

    /** The groups that are in use as the last samples have it. */
    @NonNull
    public synchronized List<GroupKey> inUse() {
        return groups.values().stream()
                .filter(known -> known.usage().isInUse())
                .map(GroupHistory::group)
                .toList();
    }

    /** Those events of a group that are known, the newest first. */
    @NonNull
    public List<HistoryEvent> events(@NonNull GroupKey group) {
        return find(group, known -> known.events().newestFirst(), List.of());
    }

    /** For how long builds of this job had their slots lately. */
    @NonNull
    public HoldTimes holds(@NonNull GroupKey group, @NonNull String job) {
        long[] times = find(group, known -> known.holds().of(job), new long[0]);
        return new HoldTimes(Arrays.stream(times).mapToObj(Duration::ofMillis).toList());
    }

    /**
     * How a group was used lately: all spans of the period, the oldest first, those without use too. Spans begin at full hours,
     * or days, of UTC; the average of the last one, which goes on, is over what has passed of it.
     */
    @NonNull
    public List<Usage> usage(@NonNull GroupKey group, @NonNull Usage.Period period, @NonNull Instant now) {
        long millis = now.toEpochMilli();
        List<Usage> spans = find(group, known -> known.usage().until(period, millis), List.of());
        return spans.isEmpty() ? new UsageSeries(period).until(millis) : spans;
    }

    private synchronized <V> V find(GroupKey group, Function<GroupHistory, V> value, V otherwise) {
        GroupHistory known = groups.get(group);
        return known == null ? otherwise : value.apply(known);
    }

    /** Forgets what there is of a job, or of all in a folder: its groups, its hold times, and the events of its builds. */
    public void forget(@NonNull String fullName) {
        changeAll(known -> {
            if (known.isIn(fullName)) {
                return null;
            }
            return known.tellsOf(fullName) ? known.without(fullName) : known;
        });
    }

    /** Follows a job, or all in a folder, to the new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {
        changeAll(known -> known.isIn(from) || known.tellsOf(from) ? known.relocated(from, to) : known);
    }

    /** @param change returns what it was given if there is nothing to change, and null if it is to be forgotten */
    private synchronized void changeAll(UnaryOperator<GroupHistory> change) {
        if (!read) {
            missed.add(change);
        }
        for (GroupHistory known : List.copyOf(groups.values())) {
            GroupHistory now = change.apply(known);
            if (now != known) {
                groups.remove(known.group());
                if (now != null) {
                    put(now, true);
                }
                // After the new one: rather two files than none, should Jenkins end in between.
                writer.changed(known.group());
            }
        }
    }

    /** Where something is known of the group already, that happened later. */
    private void put(GroupHistory history, boolean isNew) {
        GroupHistory newer = groups.putIfAbsent(history.group(), history);
        if (newer != null) {
            newer.addOlder(history);
        }
        if (isNew || newer != null) {
            writer.changed(history.group());
        }
        if (groups.size() > MOST_GROUPS) {
            GroupHistory oldest = groups.values().stream()
                    .min(Comparator.comparingLong(GroupHistory::lastUse))
                    .orElseThrow();
            groups.remove(oldest.group());
            writer.changed(oldest.group());
        }
    }
}
