package io.jenkins.plugins.concurrency.records;

import com.thoughtworks.xstream.XStream;
import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * A short list of records for each job, for its page. It is kept over restarts in one file; nothing else depends on it, so
 * that a file that cannot be read only empties the pages. Safe for use by several threads: none waits for the disk, but the
 * one that writes.
 */
final class JobRecords<T> {
    private static final Logger LOGGER = Logger.getLogger(JobRecords.class.getName());
    private static final int MOST_PER_JOB = 20;

    private final String file;
    private final XStream xstream = new XStream2();
    private final AtomicBoolean saving = new AtomicBoolean();
    /** So that what is written last is the newest; nobody who reads or adds waits for it. */
    private final Object writing = new Object();

    private TreeMap<String, List<T>> jobs;

    /**
     * @param element what a record is called in the file
     */
    JobRecords(String file, String element, Class<T> type) {
        this.file = file;
        xstream.alias(element, type);
    }

    synchronized List<T> of(String job) {
        return List.copyOf(records().getOrDefault(job, List.of()));
    }

    synchronized List<String> jobs() {
        return List.copyOf(records().keySet());
    }

    synchronized boolean has(String job) {
        return records().containsKey(job);
    }

    /**
     * Keeps the first ones of these for a job.
     *
     * @param worthWriting whether the change is to be written; it is kept in memory in any case
     */
    synchronized void put(String job, List<T> records, boolean worthWriting) {
        records().put(job, List.copyOf(records.subList(0, Math.min(MOST_PER_JOB, records.size()))));
        if (worthWriting) {
            saveLater();
        }
    }

    /** Forgets a job, or all in a folder. */
    synchronized void forget(String fullName) {
        boolean any = records().remove(fullName) != null;
        Map<String, List<T>> inside = inside(fullName);
        if (any || !inside.isEmpty()) {
            inside.clear();
            saveLater();
        }
    }

    /** Follows a job, or all in a folder, to the new full name. It costs what moves. */
    synchronized void relocate(String from, String to, UnaryOperator<T> record) {
        Map<String, List<T>> moved = new HashMap<>(inside(from));
        List<T> own = records().get(from);
        if (own != null) {
            moved.put(from, own);
        }
        moved.forEach((job, records) -> {
            jobs.remove(job);
            jobs.put(
                    to + job.substring(from.length()),
                    records.stream().map(record).toList());
        });
        if (!moved.isEmpty()) {
            saveLater();
        }
    }

    private Map<String, List<T>> inside(String folder) {
        return records().subMap(folder + '/', folder + (char) ('/' + 1));
    }

    private TreeMap<String, List<T>> records() {
        if (jobs == null) {
            jobs = load();
        }
        return jobs;
    }

    @SuppressWarnings("unchecked")
    private TreeMap<String, List<T>> load() {
        XmlFile xml = xml();
        try {
            return xml.exists() ? new TreeMap<>((Map<String, List<T>>) xml.read()) : new TreeMap<>();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + xml + "; the pages of jobs lose what it recorded");
            return new TreeMap<>();
        }
    }

    /** All changes of a second go into one file. */
    private void saveLater() {
        if (saving.compareAndSet(false, true)) {
            Timer.get().schedule(this::save, 1, TimeUnit.SECONDS);
        }
    }

    /** Before Jenkins goes down, which would not wait for what is to be written in a second. */
    void saveChanges() {
        if (saving.get()) {
            save();
        }
    }

    void save() {
        saving.set(false);
        synchronized (writing) {
            Map<String, List<T>> copy = new TreeMap<>();
            synchronized (this) {
                records().forEach((job, records) -> copy.put(job, new ArrayList<>(records)));
            }
            try {
                xml().write(copy);
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, x, () -> "Cannot write " + xml());
            }
        }
    }

    private XmlFile xml() {
        return new XmlFile(xstream, new File(Jenkins.get().getRootDir(), file));
    }
}
