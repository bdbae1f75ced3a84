package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which queue entries ended without a build, for the pages of their jobs: nobody is dropped without a line saying so.
 * Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class Refusals {
    private final JobRecords<Refusal> records = new JobRecords<>("concurrency-refusals.xml", "refusal", Refusal.class);

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
            @NonNull Optional<BuildReference> by,
            @NonNull List<Cause> causes) {
        String why = causes.stream().map(Cause::getShortDescription).collect(Collectors.joining(", "));
        List<Refusal> now = new ArrayList<>(records.of(job));
        now.add(0, new Refusal(System.currentTimeMillis(), group, outcome, by.orElse(null), why));
        records.put(job, now, true);
    }

    /** Forgets those of a job, or of all in a folder. */
    public void forget(@NonNull String fullName) {
        records.forget(fullName);
    }

    /** Writes what is not written yet. */
    public void save() {
        records.saveChanges();
    }

    /** Follows a job, or all in a folder, to the new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {
        records.relocate(from, to, refusal -> refusal.relocated(from, to));
    }
}
