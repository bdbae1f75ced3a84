package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class LimitRestartTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static Limited job(JenkinsRule jenkins) {
        return new Limited(jenkins, jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class));
    }

    private static List<Queue.Item> queue() {
        return Arrays.stream(Queue.getInstance().getItems())
                .sorted(Comparator.comparingLong(Queue.Item::getId))
                .toList();
    }

    /** A build has ended a moment before it gives back what it has. */
    private static void awaitUnused(String job) throws Exception {
        Limited.until(
                () -> ConcurrencyManager.get().groupsOf(job).isEmpty(),
                () -> "in use: " + ConcurrencyManager.get().groupsOf(job));
    }

    @Test
    void whoRunsAndWhoWaitsIsTheSameAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.QUEUE));
            job.inside();
            job.waiting();
            job.waiting();
        });
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            Run<?, ?> first = job.job().getBuildByNumber(1);
            List<Queue.Item> waiting = queue();
            assertEquals(2, waiting.size());
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            long second = waiting.get(0).getId();
            long third = waiting.get(1).getId();
            Limited.until(() -> Limited.why(third).contains("place 2. Held by deploy #1"), () -> Limited.why(third));
            assertThat(Limited.why(second), containsString("place 1. Held by deploy #1"));
            Queue.Item newcomer = job.waiting();
            assertThat(Limited.why(newcomer.getId()), containsString("place 3"));
            job.finish(first);
            job.finish(job.inside(waiting.get(0)));
            job.finish(job.inside(waiting.get(1)));
            job.finish(job.inside(newcomer));
            awaitUnused("deploy");
        });
    }

    @Test
    void anEntryWhoseFileMakesNoSenseEndsInABuildThatSaysSoAndTheOthersGoOn() throws Throwable {
        Path file = sessions.getHome().toPath().resolve("queue.xml");
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.QUEUE));
            job.inside();
            job.waiting();
            job.waiting();
        });
        String stored = Files.readString(file);
        Files.writeString(file, stored.replaceFirst("<ticket>\\d+</ticket>", "<ticket>-7</ticket>"));
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            List<Queue.Item> waiting = queue();
            Limited.until(
                    () -> Limited.why(waiting.get(1).getId()).contains("place 1. Held by deploy #1"),
                    () -> Limited.why(waiting.get(1).getId()));
            Run<?, ?> failed =
                    Limited.started((QueueTaskFuture<?>) waiting.get(0).getFuture());
            job.ended(failed, Result.FAILURE);
            assertThat(JenkinsRule.getLog(failed), containsString("ticket"));
            job.finish(job.job().getBuildByNumber(1));
            job.finish(job.inside(waiting.get(1)));
            awaitUnused("deploy");
        });
    }

    @Test
    void aBuildWhoseFileMakesNoSenseEndsAndTheOthersKeepTheirSlots() throws Throwable {
        Path file = sessions.getHome().toPath().resolve("jobs/deploy/builds/2/build.xml");
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(3, Behavior.QUEUE));
            for (int i = 0; i < 3; i++) {
                job.inside();
            }
        });
        String stored = Files.readString(file);
        Files.writeString(file, stored.replaceFirst("<ticket>\\d+</ticket>", "<ticket>-7</ticket>"));
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            job.ended(job.job().getBuildByNumber(2), Result.FAILURE);
            assertThat(
                    JenkinsRule.getLog(job.job().getBuildByNumber(2)),
                    containsString("Cannot determine which slots this build holds"));
            Run<?, ?> beside = job.inside();
            Queue.Item waiting = job.waiting();
            assertThat(Limited.why(waiting.getId()), containsString("Held by deploy #1, deploy #3, deploy #4"));
            job.finish(job.job().getBuildByNumber(1));
            job.finish(job.inside(waiting));
            job.finish(job.job().getBuildByNumber(3));
            job.finish(beside);
            awaitUnused("deploy");
        });
    }

    @Test
    void whoRunsAndWhoWaitsFollowTheirJobToItsNewNameOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.QUEUE));
            job.inside();
            job.waiting();
            Moving.rename(job.job(), "ship");
        });
        sessions.then(jenkins -> {
            Limited job = new Limited(jenkins, jenkins.jenkins.getItemByFullName("ship", WorkflowJob.class));
            assertEquals(1, queue().size());
            Queue.Item waiting = queue().get(0);
            Limited.until(
                    () -> Limited.why(waiting.getId()).contains("Held by ship #1"), () -> Limited.why(waiting.getId()));
            // The steps of a Pipeline do not find their way back to a renamed job.
            WorkflowRun first = (WorkflowRun) job.job().getBuildByNumber(1);
            first.doKill();
            job.ended(first, Result.ABORTED);
            job.finish(job.inside(waiting));
            awaitUnused("ship");
        });
    }

    @Test
    void aBuildThatWasCancelledForARestartedOneStillLeavesFirst() throws Throwable {
        sessions.then(
                jenkins -> Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.CANCEL_RUNNING))
                        .inside());
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            Run<?, ?> first = job.job().getBuildByNumber(1);
            Run<?, ?> second = job.inside();
            job.ended(first, Result.ABORTED);
            job.finish(second);
        });
    }

    @Test
    void aBuildThatWasToldToLeaveInVainIsToldAgainAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            Run<?, ?> run = Limited.create(
                            jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.CANCEL_RUNNING))
                    .inside();
            // As if the controller went down between the two.
            Field interruption = EntryEnd.class.getDeclaredField("interruption");
            interruption.setAccessible(true);
            interruption.set(
                    EntryLookup.find(run).end(),
                    new PendingInterruption(Result.ABORTED, new RequestFailedCause("Leave.")));
            run.save();
        });
        sessions.then(jenkins -> {
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Limited job = job(jenkins);
            job.ended(job.job().getBuildByNumber(1), Result.ABORTED);
            awaitUnused("deploy");
        });
    }

    @Test
    void aLimitThatWasLoweredJustBeforeACrashCountsForThoseWhoWait() throws Throwable {
        Path queue = sessions.getHome().toPath().resolve("queue.xml");
        Path before = sessions.getHome().toPath().resolve("queue-before.xml");
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(2, Behavior.QUEUE));
            job.inside();
            job.inside();
            job.waiting();
            Queue.getInstance().save();
            Files.copy(queue, before);
            job.edit(LimitTest.limit(1, Behavior.QUEUE));
        });
        // As Jenkins writes its queue now and then only, it comes back as it was a minute ago.
        Files.copy(before, queue, StandardCopyOption.REPLACE_EXISTING);
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Queue.Item waiting = queue().get(0);
            Limited.until(
                    () -> Limited.why(waiting.getId()).contains("Held by deploy #1"),
                    () -> Limited.why(waiting.getId()));
            GroupKey group = ConcurrencyManager.get().groupsOf("deploy").get(0);
            assertEquals(
                    1, ConcurrencyManager.get().group(group, 0, 1).orElseThrow().limit());
            job.finish(job.job().getBuildByNumber(1));
            job.finish(job.job().getBuildByNumber(2));
            job.finish(job.inside(waiting));
        });
    }

    @Test
    void aBuildThatWasResumedKeepsItsSlotOverTheNextRestartToo() throws Throwable {
        sessions.then(jenkins -> Limited.create(jenkins, Kind.PIPELINE, "deploy", LimitTest.limit(1, Behavior.QUEUE))
                .inside());
        sessions.then(jenkins -> {
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Run<?, ?> first = job(jenkins).job().getBuildByNumber(1);
            Limited.until(() -> first.getExecutor() != null, () -> "not resumed");
            first.save();
        });
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Queue.Item second = job.waiting();
            assertThat(Limited.why(second.getId()), containsString("Held by deploy #1"));
            job.finish(job.job().getBuildByNumber(1));
            job.finish(job.inside(second));
            awaitUnused("deploy");
        });
    }

    @Test
    void aCapCountsForThoseWhoWaitedForItBeforeARestart() throws Throwable {
        sessions.then(jenkins -> {
            ConcurrencySettings.get().setCap(1);
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "deploy", null);
            job.inside();
            for (int i = 0; i < 2; i++) {
                job.schedule();
            }
            Limited.until(
                    () -> queue().size() == 2
                            && queue().stream()
                                    .allMatch(item -> Limited.why(item.getId()).contains("Waiting for the cap")),
                    () -> "in the queue: " + queue());
        });
        sessions.then(jenkins -> {
            Limited job = job(jenkins);
            List<Queue.Item> waiting = queue();
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            GroupKey cap = ConcurrencyManager.get().groupsOf("deploy").get(0);
            GroupView view = ConcurrencyManager.get().group(cap, 0, 10).orElseThrow();
            assertEquals(1, view.limit());
            assertEquals(1, view.runningCount());
            assertEquals(2, view.waitingCount());
            job.finish(job.job().getBuildByNumber(1));
            for (Queue.Item item : waiting) {
                job.finish(job.inside(item));
            }
        });
    }

    @Test
    void aCapThatComesWithARestartCountsThoseThatAreResumed() throws Throwable {
        sessions.then(jenkins ->
                Limited.create(jenkins, Kind.PIPELINE, "deploy", null).inside());
        Files.writeString(
                sessions.getHome().toPath().resolve("concurrency-settings.xml"), "<settings><cap>1</cap></settings>");
        sessions.then(jenkins -> {
            assertEquals(1, ConcurrencySettings.get().getCap());
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Limited job = job(jenkins);
            Queue.Item second = job.waiting();
            assertThat(Limited.why(second.getId()), containsString("Held by deploy #1."));
            job.finish(job.job().getBuildByNumber(1));
            job.finish(job.inside(second));
        });
    }
}
