package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which slots of a group builds had, and for how long they waited for them: the last 15,000 or more of each group, of at most
 * {@value #MOST_GROUPS} groups that outlive their builds.
 *
 * <p>Safe for use by several threads. To add one costs no I/O: it is on disk some seconds later. All else takes as long as the
 * disk does. A disk that fails costs what was to be written, and a warning.
 */
@Restricted(NoExternalUse.class)
public final class PastLeases {
    static final int MOST_GROUPS = 1000;

    private static final Logger LOGGER = Logger.getLogger(PastLeases.class.getName());
    private static final String ENDING = ".leases";
    private static final int PAUSE_SECONDS = 5;

    /** Asked for late, as there may be no Jenkins yet. */
    private final Supplier<File> directory;
    /** Held while files are read or written; it comes before the lock of what is to be written. */
    private final Object disk = new Object();

    private Map<GroupKey, List<String>> unwritten = new LinkedHashMap<>();

    /** Those of this Jenkins. */
    public PastLeases() {
        this(() -> new File(Jenkins.get().getRootDir(), "concurrency-history"));
    }

    PastLeases(Supplier<File> directory) {
        this.directory = directory;
    }

    /** Remembers slots that were given back. */
    public synchronized void add(@NonNull GroupKey group, @NonNull PastLease lease) {
        if (!group.scope().outlivesBuilds()) {
            return;
        }
        if (unwritten.isEmpty()) {
            Timer.get().schedule(this::write, PAUSE_SECONDS, TimeUnit.SECONDS);
        }
        unwritten.computeIfAbsent(group, any -> new ArrayList<>()).add(lease.line());
    }

    /** Those of a group, the oldest first. */
    @NonNull
    public List<PastLease> of(@NonNull GroupKey group) {
        synchronized (disk) {
            write();
            try {
                return file(group).read();
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, x, () -> "Cannot read which slots of " + group + " builds had");
                return List.of();
            }
        }
    }

    /** Writes at once what was not written yet. */
    public void write() {
        synchronized (disk) {
            take().forEach((group, lines) -> attempt(() -> append(group, lines)));
        }
    }

    private synchronized Map<GroupKey, List<String>> take() {
        Map<GroupKey, List<String>> all = unwritten;
        unwritten = new LinkedHashMap<>();
        return all;
    }

    private void append(GroupKey group, List<String> lines) throws IOException {
        LeaseFile file = file(group);
        if (!file.exists()) {
            Files.createDirectories(directory.get().toPath());
            makeRoom();
        }
        file.append(group, lines);
    }

    private void makeRoom() throws IOException {
        List<Path> all = files();
        if (all.size() >= MOST_GROUPS) {
            Path oldest = all.get(0);
            for (Path file : all) {
                oldest = file.toFile().lastModified() < oldest.toFile().lastModified() ? file : oldest;
            }
            new LeaseFile(oldest).delete();
        }
    }

    /** Forgets what builds of a job, or of those in a folder, had, and all of the groups that are gone with it. */
    public void forget(@NonNull String fullName) {
        change((file, group) -> {
            if (FullNames.isIn(group.context(), fullName)) {
                file.delete();
            } else {
                file.append(group, List.of(LeaseFile.gone(fullName)));
            }
        });
    }

    /** Follows a job, or all in a folder, to the new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {
        change((file, group) -> {
            file.append(group, List.of(LeaseFile.moved(from, to)));
            GroupKey moved = group.relocated(from, to);
            if (!moved.equals(group)) {
                file.moveTo(file(moved), moved);
            }
        });
    }

    private interface FileChange {
        void make(LeaseFile file, GroupKey group) throws IOException;
    }

    private void change(FileChange change) {
        synchronized (disk) {
            write();
            attempt(() -> {
                for (Path path : files()) {
                    LeaseFile file = new LeaseFile(path);
                    file.group().ifPresent(group -> attempt(() -> change.make(file, group)));
                }
            });
        }
    }

    private List<Path> files() throws IOException {
        Path path = directory.get().toPath();
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> file.toString().endsWith(ENDING)).toList();
        }
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    private static void attempt(DiskWork work) {
        try {
            work.run();
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Cannot write which slots builds had; what is exported will lack them", x);
        }
    }

    private LeaseFile file(GroupKey group) {
        return new LeaseFile(directory.get().toPath().resolve(HistoryFiles.nameFor(group) + ENDING));
    }
}
