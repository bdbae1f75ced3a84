package io.jenkins.plugins.concurrency.manager;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which queue entries ended without a build, for the pages of their jobs: nobody is dropped without a line saying so.
 *
 * @since 1.0
 */
public final class Refusals {
    private static final int PER_JOB = 20;
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("refusal", Refusal.class);
    }

    private final JobRecords<Refusal> records = new JobRecords<>("concurrency-refusals.xml", XSTREAM);

    Refusals() {}

    /** The most recent ones of a job, the newest first. */
    @NonNull
    public List<Refusal> of(@NonNull String job) {
        return records.of(job);
    }

    /** Notes down one more. */
    public synchronized void add(
            @NonNull String job,
            @NonNull GroupKey group,
            @NonNull Outcome outcome,
            @NonNull Optional<Owner> by,
            @NonNull List<Cause> causes) {
        String why = causes.stream().map(Cause::getShortDescription).collect(Collectors.joining(", "));
        List<Refusal> now = new ArrayList<>(records.of(job));
        now.add(0, new Refusal(System.currentTimeMillis(), group, outcome, by, why));
        records.put(job, now.size() > PER_JOB ? new ArrayList<>(now.subList(0, PER_JOB)) : now, true);
    }

    void forget(String fullName) {
        records.forget(fullName);
    }

    void relocate(String from, String to) {
        records.relocate(from, to, refusal -> refusal.relocated(from, to));
    }
}
