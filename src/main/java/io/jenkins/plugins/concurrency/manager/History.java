package io.jenkins.plugins.concurrency.manager;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Which groups the jobs have used, for their pages: the most recent ones, those of a build's own apart.
 *
 * @since 1.0
 */
public final class History {
    private static final int GROUPS_PER_JOB = 20;
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("group", UsedGroup.class);
    }

    private final JobRecords<UsedGroup> records = new JobRecords<>("concurrency-history.xml", XSTREAM);

    History() {}

    /** The groups that a job has used, the most recent first. */
    @NonNull
    public List<UsedGroup> of(@NonNull String job) {
        return records.of(job);
    }

    /** Whether a job has ever used a group. */
    public boolean knows(@NonNull String job) {
        return records.has(job);
    }

    synchronized void add(Request request) {
        String job = request.owner().job();
        List<UsedGroup> known = records.of(job);
        List<UsedGroup> now = new ArrayList<>(known);
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
        records.put(job, now, !isSame(known, now) || !records.has(job));
    }

    /** Whether nothing differs but the order, which is not worth writing a file at each build. */
    private static boolean isSame(List<UsedGroup> known, List<UsedGroup> now) {
        return known.size() == now.size()
                && known.stream().allMatch(one -> now.stream().anyMatch(one::isSameAs));
    }

    void forget(String fullName) {
        records.forget(fullName);
    }

    void relocate(String from, String to) {
        records.relocate(from, to, group -> group.relocated(from, to));
    }

    void save() {
        records.save();
    }
}
