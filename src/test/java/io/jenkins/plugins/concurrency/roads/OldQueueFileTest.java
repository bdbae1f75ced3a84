package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.RealController;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed, and the file of its queue is older than the builds that have started since. */
class OldQueueFileTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create();

    /** Kills the controller, and has it start with the file that was kept. */
    private void killAndStartWithTheOldFile() throws Throwable {
        controller.stopJenkinsForcibly();
        Path home = controller.getHome().toPath();
        Files.copy(home.resolve("kept.xml"), home.resolve("queue.xml"), StandardCopyOption.REPLACE_EXISTING);
        controller.startJenkins();
    }

    private static void keepFile() throws Exception {
        Queue.getInstance().save();
        Path home = Jenkins.get().getRootDir().toPath();
        Files.copy(home.resolve("queue.xml"), home.resolve("kept.xml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String keptFile() {
        try {
            return Files.readString(Jenkins.get().getRootDir().toPath().resolve("kept.xml"));
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    /** A build waits for the first one of a job, which waits in the queue for a slot. Returns who holds that. */
    private static Run<?, ?> fill(JenkinsRule jenkins) throws Exception {
        Run<?, ?> holder = Limited.create(jenkins, Kind.FREESTYLE, "before", Roads.limit(1))
                .inside();
        Inputs.create(jenkins, "job", "input 'go on?'").addProperty(Roads.limit(1));
        Inputs.create(jenkins, "parent", "build job: 'job', quietPeriod: 0")
                .scheduleBuild2(0)
                .waitForStart();
        Roads.awaitWaiting(Roads.GROUP, 1);
        return holder;
    }

    private static void entryThatWaitsIsOnDiskAndStarts(JenkinsRule jenkins) throws Exception {
        Run<?, ?> holder = fill(jenkins);
        keepFile();
        new Limited(jenkins, holder.getParent()).finish(holder);
        Inputs.awaitInside(Inputs.job("job"), 1);
    }

    private static void entryThatIsReadyIsOnDiskAndStarts(JenkinsRule jenkins) throws Exception {
        Run<?, ?> holder = fill(jenkins);
        Jenkins.get().doQuietDown();
        new Limited(jenkins, holder.getParent()).finish(holder);
        Roads.awaitWaiting(Roads.GROUP, 0);
        Roads.awaitUsed(Roads.GROUP, 1);
        keepFile();
        Jenkins.get().doCancelQuietDown();
        Inputs.awaitInside(Inputs.job("job"), 1);
    }

    private static List<RequestView> running() {
        return Roads.view(Roads.GROUP).map(GroupView::running).orElse(List.of());
    }

    private static void entryIsGoneAndItsBuildKeepsItsSlot(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        WorkflowJob job = Inputs.job("job");
        Limited.until(() -> Queue.getInstance().isEmpty(), () -> "still in the queue");
        assertTrue(
                Jenkins.logRecords.stream()
                        .anyMatch(log -> log.getMessage() != null
                                && log.getMessage().contains("is removed: it had already become")),
                () -> "nobody says so; the file was\n" + keptFile());
        assertEquals(
                List.of("job #1"),
                running().stream()
                        .map(view -> view.owner().job() + " #" + view.owner().number())
                        .toList());
        Queue.Item next = new Limited(jenkins, job).waiting();
        Roads.awaitWhy(next, "place 1. Held by job #1");
        assertTrue(
                Inputs.job("parent").getBuildByNumber(1).isBuilding(), "whoever waits for job #1 was told something");
        Inputs.leave(jenkins, job, 1);
        jenkins.assertBuildStatus(
                Result.SUCCESS, Gates.ended(Inputs.job("parent").getBuildByNumber(1)));
        Inputs.leave(jenkins, job, 2);
        assertEquals(2, job.getLastBuild().getNumber());
        Roads.awaitNothing();
    }

    @Test
    void anEntryThatWaitedAndIsABuildNowLeavesTheQueue() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(OldQueueFileTest::entryThatWaitsIsOnDiskAndStarts);
        killAndStartWithTheOldFile();
        controller.runRemotely(OldQueueFileTest::entryIsGoneAndItsBuildKeepsItsSlot);
    }

    @Test
    void anEntryThatWasReadyAndIsABuildNowLeavesTheQueue() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(OldQueueFileTest::entryThatIsReadyIsOnDiskAndStarts);
        killAndStartWithTheOldFile();
        controller.runRemotely(OldQueueFileTest::entryIsGoneAndItsBuildKeepsItsSlot);
    }

    private static void startOneAfterTheFileWasKept(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Inputs.create(jenkins, "job", "input 'go on?'");
        job.addProperty(Roads.limit(1));
        keepFile();
        // Jenkins itself takes some ids when it resumes builds.
        WorkflowJob other = Inputs.create(jenkins, "other", "echo 'more ids'");
        for (int i = 0; i < 5; i++) {
            jenkins.assertBuildStatusSuccess(Gates.ended(other.scheduleBuild2(0).waitForStart()));
        }
        Inputs.inside(job);
        Files.writeString(idFile(), String.valueOf(job.getBuildByNumber(1).getQueueId()));
    }

    /** A build that is resumed has another id. */
    private static Path idFile() {
        return Jenkins.get().getRootDir().toPath().resolve("id.txt");
    }

    private static void lineUpUntilTheIdIsTheSame(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        WorkflowJob job = Inputs.job("job");
        long id = Long.parseLong(Files.readString(idFile()));
        long last = 0;
        while (last < id) {
            last = new Limited(jenkins, job).waiting().getId();
        }
        assertEquals(id, last);
        Queue.getInstance().save();
    }

    private static void allOfThemWaitAndStart(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        WorkflowJob job = Inputs.job("job");
        int waiting = Roads.waiting(Roads.GROUP);
        long id = Long.parseLong(Files.readString(idFile()));
        Roads.awaitWhy(Queue.getInstance().getItem(id), "place " + waiting + ". Held by job #1");
        for (int number = 1; number <= waiting + 1; number++) {
            Inputs.leave(jenkins, job, number);
        }
        assertEquals(id, job.getLastBuild().getQueueId());
        Roads.awaitNothing();
    }

    @Test
    void anEntryThatCameLaterAndHasTheSameIdAsABuildStays() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(OldQueueFileTest::startOneAfterTheFileWasKept);
        killAndStartWithTheOldFile();
        controller.runRemotely(OldQueueFileTest::lineUpUntilTheIdIsTheSame);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(OldQueueFileTest::allOfThemWaitAndStart);
    }
}
