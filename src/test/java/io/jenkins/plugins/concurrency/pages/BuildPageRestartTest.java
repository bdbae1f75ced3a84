package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.records.BuildWait;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class BuildPageRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void awaitWaitedForASecond(String job) throws Exception {
        GroupKey group = ConcurrencyManager.get().groupsOf(job).get(0);
        Gates.eventually(
                "it has waited for a while",
                () -> ConcurrencyManager.get().group(group, 0, 1).orElseThrow().waiting().stream()
                        .anyMatch(view -> view.since().plusSeconds(2).isBefore(Instant.now())));
    }

    @Test
    void whatABuildWaitedForIsKeptWithIt() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
            WorkflowRun first = story.start(job);
            Gates.awaitAtGate(first);
            story.waiting(job);
            awaitWaitedForASecond("deploy");
        });
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            for (int number = 1; number <= 2; number++) {
                WorkflowRun run = job.getBuildByNumber(number);
                Gates.awaitAtGate(run);
                Gates.open(run);
                story.ended(run, Result.SUCCESS);
            }
        });
        sessions.then(jenkins -> assertKept(
                jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(2)));
    }

    @Test
    void soIsWhatItWaitedForInTheQueue() throws Throwable {
        sessions.then(jenkins -> {
            Limited job = Limited.create(jenkins, Limited.Kind.FREESTYLE, "limited", new ConcurrencyLimitProperty());
            Run<?, ?> first = job.inside();
            Queue.Item second = job.waiting();
            awaitWaitedForASecond("limited");
            job.leave(first);
            Run<?, ?> run = job.inside(second);
            Gates.eventually(
                    "the build has what its entry waited",
                    () -> !BuildWaits.of(run).isEmpty());
            job.finish(run);
        });
        sessions.then(jenkins -> assertKept(jenkins.jenkins
                .getItemByFullName("limited", FreeStyleProject.class)
                .getBuildByNumber(2)));
    }

    private static void assertKept(Run<?, ?> run) throws Exception {
        List<BuildWait> waits = BuildWaits.of(run);
        assertEquals(1, waits.size());
        assertTrue(
                waits.get(0).waited().toMillis() >= 1_000,
                () -> "" + waits.get(0).waited());
        String file = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertThat(file, containsString("<concurrency-waits"));
        assertThat(file, not(containsString("io.jenkins.plugins.concurrency.records")));
    }
}
