package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Request;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which groups the jobs have used, for their pages: the most recent ones, those of a build's own apart. Safe for use by
 * several threads.
 */
@Restricted(NoExternalUse.class)
public final class UsedGroups {
    private final JobRecords<UsedGroup> records =
            new JobRecords<>("concurrency-used-groups.xml", "usedGroup", UsedGroup.class);

    /** The groups that a job has used, the most recent first. */
    @NonNull
    public List<UsedGroup> of(@NonNull String job) {
        return records.of(job);
    }

    /** The jobs that have ever used a group. */
    @NonNull
    public List<String> jobs() {
        return records.jobs();
    }

    /** Whether a job has ever used a group. */
    public boolean knows(@NonNull String job) {
        return records.has(job);
    }

    /** Notes down the groups that a request names. */
    public synchronized void add(@NonNull Request request) {
        String job = request.owner().job();
        List<UsedGroup> known = records.of(job);
        List<UsedGroup> now = new ArrayList<>(known);
        for (Claim claim : request.claims()) {
            if (claim.group().scope().outlivesBuilds()) {
                UsedGroup used = new UsedGroup(claim.group(), claim.limit(), request.behavior());
                now.removeIf(other -> other.group().equals(used.group()));
                now.add(0, used);
            }
        }
        records.put(job, now, !isSame(known, now) || !records.has(job));
    }

    /** Whether nothing differs but the order, which is not worth writing a file at each build. */
    private static boolean isSame(List<UsedGroup> known, List<UsedGroup> now) {
        return known.size() == now.size()
                && known.stream().allMatch(one -> now.stream().anyMatch(one::isSameAs));
    }

    /** Forgets a job, or all in a folder. */
    public void forget(@NonNull String fullName) {
        records.forget(fullName);
    }

    /** Writes what is not written yet. */
    public void save() {
        records.saveChanges();
    }

    /** Follows a job, or all in a folder, to the new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {
        records.relocate(from, to, group -> group.relocated(from, to));
    }
}
