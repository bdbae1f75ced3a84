package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.Restorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds are loaded while the manager asks what they hold. */
class ResumptionTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** Is a part of a build on disk that takes long to load. */
    public static final class Slow {
        private Object readResolve() throws InterruptedException {
            Thread.sleep(3_000);
            return "somebody";
        }
    }

    /** Keeps the manager from asking before the build is half loaded. */
    @TestExtension("aBuildThatIsBeingLoadedIsNotLoadedOnceMore")
    public static final class Late implements Restorer {
        @Override
        public void restore(boolean running) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void recovered() {}
    }

    @Test
    void aBuildThatIsBeingLoadedIsNotLoadedOnceMore() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
        });
        Path build = sessions.getHome().toPath().resolve("jobs/deploy/builds/1/build.xml");
        String slow = "<culprits class=\"linked-hash-set\"><" + ResumptionTest.class.getName() + "_-Slow/></culprits>";
        Files.writeString(build, Files.readString(build).replace("</execution>", "</execution>" + slow));
        try (LogRecorder log = new LogRecorder()) {
            log.record(CpsFlowExecution.class, Level.WARNING)
                    .record(WorkflowRun.class, Level.WARNING)
                    .capture(10);
            sessions.then(jenkins -> {
                Gates.eventually("recovered", ConcurrencyManager.get()::isRecovered);
                WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
                Story story = new Story(jenkins);
                for (int number = 1; number <= 2; number++) {
                    WorkflowRun run = job.getBuildByNumber(number);
                    Gates.awaitAtGate(run);
                    Gates.open(run);
                    story.ended(run, Result.SUCCESS);
                }
                Idle.await();
            });
            assertEquals(List.of(), log.getMessages());
        }
    }

    /** Keeps the manager from asking until the test has looked. */
    @TestExtension("aBuildIsToldItsPlaceOnceAllAreBack")
    public static final class Held implements Restorer {
        private static CountDownLatch looked = new CountDownLatch(0);

        @Override
        public void restore(boolean running) {
            try {
                looked.await();
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aBuildIsToldItsPlaceOnceAllAreBack() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job, 2);
        });
        Held.looked = new CountDownLatch(1);
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            List<WorkflowRun> waiting = List.of(job.getBuildByNumber(2), job.getBuildByNumber(3));
            for (WorkflowRun run : waiting) {
                jenkins.waitForMessage("Jenkins has just started", run);
                assertEquals(1, Gates.times("place", run), "told before the restart alone");
            }
            Held.looked.countDown();
            for (WorkflowRun run : waiting) {
                jenkins.waitForMessage("Still waiting for group 'prod'", run);
                assertEquals(
                        2, Gates.times("place " + (run.getNumber() - 1) + " in the queue. Held by deploy #1", run));
            }
        });
    }

    /** Has the manager ask when Jenkins has begun to go down again. */
    @TestExtension("nobodyIsGrantedAnythingByAControllerThatGoesDownAsItStarts")
    public static final class TooLate extends ItemListener implements Restorer {
        private static volatile boolean down;

        private final CountDownLatch asking = new CountDownLatch(1);
        private final CountDownLatch going = new CountDownLatch(1);
        private final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public void restore(boolean running) {
            try {
                asking.countDown();
                if (down && running) {
                    going.await();
                }
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void recovered() {
            asked.countDown();
        }

        @Override
        public void onBeforeShutdown() {
            try {
                asking.await();
                going.countDown();
                // Enough for whoever does not know that Jenkins goes down.
                asked.await(3, TimeUnit.SECONDS);
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void nobodyIsGrantedAnythingByAControllerThatGoesDownAsItStarts() throws Throwable {
        TooLate.down = true;
        try (LogRecorder log = new LogRecorder()) {
            log.record("io.jenkins.plugins.concurrency.manager.Recovery", Level.INFO)
                    .capture(10);
            ConcurrencyManager[] manager = new ConcurrencyManager[1];
            sessions.then(jenkins -> manager[0] = ConcurrencyManager.get());
            Gates.eventually("recovery is over", () -> !log.getMessages().isEmpty());
            assertFalse(manager[0].isRecovered(), log.getMessages()::toString);
        }
    }
}
