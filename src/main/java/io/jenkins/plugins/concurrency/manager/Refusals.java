package io.jenkins.plugins.concurrency.manager;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import hudson.model.Cause;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Which queue entries ended without a build, for the pages of their jobs: nobody is dropped without a line saying so.
 * Kept over restarts; nothing else depends on it.
 *
 * @since 1.0
 */
public final class Refusals {
    private static final Logger LOGGER = Logger.getLogger(Refusals.class.getName());
    private static final int PER_JOB = 20;
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("refusal", Refusal.class);
    }

    private final AtomicBoolean saving = new AtomicBoolean();
    private Map<String, List<Refusal>> jobs;

    Refusals() {}

    /** The most recent ones of a job, the newest first. */
    @NonNull
    public synchronized List<Refusal> of(@NonNull String job) {
        return List.copyOf(jobs().getOrDefault(job, List.of()));
    }

    /** Notes down one more. */
    public synchronized void add(
            @NonNull String job,
            @NonNull GroupKey group,
            @NonNull Outcome outcome,
            @NonNull Optional<Owner> by,
            @NonNull List<Cause> causes) {
        String why = causes.stream().map(Cause::getShortDescription).collect(Collectors.joining(", "));
        List<Refusal> now = new ArrayList<>(jobs().getOrDefault(job, List.of()));
        now.add(0, new Refusal(System.currentTimeMillis(), group, outcome, by, why));
        jobs().put(job, now.size() > PER_JOB ? new ArrayList<>(now.subList(0, PER_JOB)) : now);
        saveLater();
    }

    synchronized void forget(String fullName) {
        if (jobs().keySet().removeIf(job -> job.equals(fullName) || job.startsWith(fullName + "/"))) {
            saveLater();
        }
    }

    synchronized void relocate(String from, String to) {
        List<Refusal> moved = jobs().remove(from);
        if (moved != null) {
            jobs().put(to, moved);
            saveLater();
        }
    }

    private Map<String, List<Refusal>> jobs() {
        if (jobs == null) {
            jobs = load();
        }
        return jobs;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<Refusal>> load() {
        XmlFile file = file();
        try {
            return file.exists() ? (Map<String, List<Refusal>>) file.read() : new HashMap<>();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + file + "; it is forgotten which builds did not start");
            return new HashMap<>();
        }
    }

    private void saveLater() {
        if (saving.compareAndSet(false, true)) {
            Timer.get().schedule(this::save, 1, TimeUnit.SECONDS);
        }
    }

    private void save() {
        saving.set(false);
        Map<String, List<Refusal>> copy;
        synchronized (this) {
            copy = new TreeMap<>(jobs());
        }
        try {
            file().write(copy);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Cannot write which builds did not start", x);
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-refusals.xml"));
    }
}
