package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Entries that leave the queue without a build. */
@WithJenkins
class QueueCancelTest {
    private JenkinsRule jenkins;
    private Limited cancelled;
    private Limited other;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        cancelled = Limited.create(jenkins, Kind.FREESTYLE, "cancelled", Roads.limit(1));
        other = Limited.create(jenkins, Kind.PIPELINE, "other", Roads.limit(1));
    }

    /** Who cancels. */
    enum By {
        PERSON {
            @Override
            void cancel(Queue.Item item) throws Exception {
                try (ACLContext as = ACL.as2(User.getById("alice", true).impersonate2())) {
                    // With the lock, as Jenkins itself misses an item that the queue looks at meanwhile.
                    Queue.callWithLock(() -> Queue.getInstance().doCancelItem(item.getId()));
                }
            }
        },
        PLUGIN {
            @Override
            void cancel(Queue.Item item) {
                Queue.getInstance().cancel(item.task);
            }
        },
        EVERYTHING {
            @Override
            void cancel(Queue.Item item) {
                Queue.getInstance().clear();
            }
        };

        abstract void cancel(Queue.Item item) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatWaitsLeavesItsPlace(By by) throws Exception {
        Run<?, ?> first = other.inside();
        Queue.Item waiting = cancelled.waiting();
        by.cancel(waiting);
        Limited.gone(waiting);
        Queue.Item next = other.waiting();
        Roads.awaitWhy(next, "place 1. Held by other #1");
        other.finish(first);
        other.finish(other.inside(next));
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatIsReadyGivesItsSlotToTheNext(By by) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        Queue.Item ready = cancelled.ready();
        by.cancel(ready);
        Limited.gone(ready);
        other.finish(other.inside());
        Idle.await();
    }

    /** The queue forgets an item that an executor has, and the executor starts it all the same. */
    @ParameterizedTest
    @EnumSource
    void anEntryThatAnExecutorHasKeepsItsSlotThoughTheQueueIsCleared(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Roads.whenPending(
                () -> Roads.schedule(job.job()), () -> Queue.getInstance().clear());
        Run<?, ?> run = job.inside(1);
        Queue.Item next = other.waiting();
        assertEquals(1, Roads.used(Roads.GROUP));
        job.finish(run);
        other.finish(other.inside(next));
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void theSlotOfABuildThatCannotBeWrittenGoesOnToTheNext(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Run<?, ?> first = other.inside();
        job.waiting();
        Queue.Item next = other.waiting();
        fillDisk(job.job());
        other.finish(first);
        other.finish(other.inside(next));
        assertEquals(0, job.job().getBuilds().size());
        Idle.await();
    }

    /** As far as the job's next build is concerned, which gets its number from a file. */
    private static void fillDisk(Job<?, ?> job) throws IOException {
        Path numbers = new File(job.getRootDir(), "nextBuildNumber").toPath();
        Files.deleteIfExists(numbers);
        Files.createDirectories(numbers.resolve("in the way"));
    }

    @ParameterizedTest
    @EnumSource
    void theSlotOfABuildThatTheJobDoesNotMakeGoesOnToTheNext(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Roads.whenPending(() -> Roads.schedule(job.job()), () -> disable(job.job()));
        other.finish(other.inside());
        assertEquals(0, job.job().getBuilds().size());
        Idle.await();
    }

    private static void disable(Job<?, ?> job) {
        try {
            if (job instanceof FreeStyleProject project) {
                project.disable();
            } else {
                ((ParameterizedJob<?, ?>) job).makeDisabled(true);
            }
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
