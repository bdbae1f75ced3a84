package io.jenkins.plugins.concurrency.manager;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Which groups the jobs have used, for their pages: the most recent ones, those of a build's own apart. It is kept over
 * restarts; nothing else depends on it, so that a file that cannot be read only empties the pages.
 *
 * @since 1.0
 */
public final class History {
    private static final Logger LOGGER = Logger.getLogger(History.class.getName());
    private static final int GROUPS_PER_JOB = 20;
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("group", UsedGroup.class);
    }

    private final AtomicBoolean saving = new AtomicBoolean();
    private Map<String, List<UsedGroup>> jobs;

    History() {}

    /** The groups that a job has used, the most recent first. */
    @NonNull
    public synchronized List<UsedGroup> of(@NonNull String job) {
        return List.copyOf(jobs().getOrDefault(job, List.of()));
    }

    /** Whether a job has ever used a group. */
    public synchronized boolean knows(@NonNull String job) {
        return jobs().containsKey(job);
    }

    synchronized void add(Request request) {
        List<UsedGroup> known = jobs().get(request.owner().job());
        List<UsedGroup> now = new ArrayList<>(known == null ? List.of() : known);
        for (Claim claim : request.claims()) {
            if (claim.group().scope().compareTo(Scope.JOB) >= 0) {
                UsedGroup used = new UsedGroup(claim.group(), claim.limit(), request.behavior());
                now.removeIf(other -> other.key().equals(used.key()));
                now.add(0, used);
            }
        }
        if (now.size() > GROUPS_PER_JOB) {
            now.subList(GROUPS_PER_JOB, now.size()).clear();
        }
        jobs().put(request.owner().job(), now);
        if (known == null || !isSame(known, now)) {
            saveLater();
        }
    }

    /** Whether nothing differs but the order, which is not worth writing a file at each build. */
    private static boolean isSame(List<UsedGroup> known, List<UsedGroup> now) {
        return known.size() == now.size()
                && known.stream().allMatch(one -> now.stream().anyMatch(one::isSameAs));
    }

    synchronized void forget(String fullName) {
        if (jobs().keySet().removeIf(job -> job.equals(fullName) || job.startsWith(fullName + "/"))) {
            saveLater();
        }
    }

    synchronized void relocate(String from, String to) {
        Map<String, List<UsedGroup>> moved = new TreeMap<>();
        jobs().forEach((job, groups) -> moved.put(
                job.equals(from) || job.startsWith(from + "/") ? to + job.substring(from.length()) : job,
                groups.stream().map(group -> group.relocated(from, to)).toList()));
        if (!moved.keySet().equals(jobs.keySet())) {
            jobs = moved;
            saveLater();
        }
    }

    private Map<String, List<UsedGroup>> jobs() {
        if (jobs == null) {
            jobs = load();
        }
        return jobs;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<UsedGroup>> load() {
        XmlFile file = file();
        try {
            return file.exists() ? (Map<String, List<UsedGroup>>) file.read() : new HashMap<>();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + file + "; the pages of jobs start empty");
            return new HashMap<>();
        }
    }

    /** All changes of a second go into one file, written by nobody who waits for it. */
    private void saveLater() {
        if (saving.compareAndSet(false, true)) {
            Timer.get().schedule(this::save, 1, TimeUnit.SECONDS);
        }
    }

    void save() {
        saving.set(false);
        Map<String, List<UsedGroup>> copy;
        synchronized (this) {
            copy = new TreeMap<>(jobs());
        }
        try {
            file().write(copy);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Cannot write which groups the jobs have used", x);
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-history.xml"));
    }
}
