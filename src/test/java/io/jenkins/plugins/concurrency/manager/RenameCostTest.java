package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A folder of many jobs with many requests is renamed. Jenkins tells of the folder first, and then of each job in it. */
@WithJenkins
class RenameCostTest {
    private static final int JOBS = Integer.getInteger("concurrency.jobs", 200);
    private static final int REQUESTS_PER_JOB = 10;

    /** Counts how often it is told that something was renamed. */
    private static final class Counting extends SilentRequester {
        final AtomicInteger told = new AtomicInteger();

        @Override
        public void relocated(@NonNull String from, @NonNull String to) {
            told.incrementAndGet();
        }
    }

    @Test
    void eachRequestIsToldOnceAndNotOnceForEachJob(JenkinsRule jenkins) throws Exception {
        Folder idle = folder(jenkins, "idle");
        Folder used = folder(jenkins, "used");
        Counting counting = new Counting();
        List<RequestKey> keys = request(counting);
        Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);

        long alone = rename(idle, "idle-too");
        long full = rename(used, "used-too");
        Gates.eventually("all are told", () -> counting.told.get() >= keys.size());

        assertEquals(keys.size(), counting.told.get());
        assertEquals(
                List.of(new GroupKey(Scope.JOB, "used-too/job-0", "own")),
                ConcurrencyManager.get().groupsOf("used-too/job-0"));
        System.out.printf(
                "%d jobs: renamed in %d ms without requests, in %d ms with %d of them%n",
                JOBS, alone, full, keys.size());
        keys.forEach(ConcurrencyManager.get()::end);
        Idle.await();
    }

    private static Folder folder(JenkinsRule jenkins, String name) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        for (int i = 0; i < JOBS; i++) {
            folder.createProject(FreeStyleProject.class, "job-" + i);
        }
        return folder;
    }

    private static List<RequestKey> request(Requester requester) {
        List<RequestKey> keys = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            String name = "used/job-" + job;
            for (int build = 1; build <= REQUESTS_PER_JOB; build++) {
                Request request = Request.of(
                        RequestKey.random(),
                        Owner.build(name, build),
                        Behavior.QUEUE,
                        Claim.of(new GroupKey(Scope.JOB, name, "own"), 1));
                ConcurrencyManager.get().request(request, requester);
                keys.add(request.key());
            }
        }
        return keys;
    }

    private static long rename(Folder folder, String to) throws Exception {
        long start = System.nanoTime();
        folder.renameTo(to);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
