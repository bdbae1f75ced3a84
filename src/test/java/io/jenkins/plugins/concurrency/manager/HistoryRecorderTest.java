package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.HistoryEvent.Kind;
import io.jenkins.plugins.concurrency.records.Usage;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What builds do becomes history. */
class HistoryRecorderTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "", "prod");

    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static History history() {
        return ConcurrencyManager.get().history();
    }

    /** As {@code KIND job#1}, the oldest first, those that came at once in the order in which they came. */
    private static List<String> events() {
        return history().events(PROD).stream()
                .map(event ->
                        event.getKind() + " " + event.build().orElseThrow().owner())
                .sorted()
                .toList();
    }

    private static void awaitEvents(String... expected) throws Exception {
        Gates.eventually(() -> events().equals(List.of(expected)), Gates.PATIENCE, () -> "" + events());
    }

    @Test
    void whatHappenedIsKnownAfterARestartARenameAndUntilTheJobIsDeleted() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            WorkflowRun first = story.start(job);
            Gates.awaitAtGate(first);
            WorkflowRun second = story.waiting(job);
            WorkflowJob hasty = story.script("hasty", Gates.block("group: 'prod', behavior: 'CANCEL'"));
            story.ended(story.start(hasty), Result.ABORTED);
            Gates.open(first);
            story.ended(first, Result.SUCCESS);
            Gates.awaitAtGate(second);
            awaitEvents("GRANTED deploy#1", "GRANTED deploy#2", "REFUSED hasty#1", "RELEASED deploy#1");
            HistoryEvent refused = history().events(PROD).stream()
                    .filter(event -> event.getKind() == Kind.REFUSED)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.CANCELLED, refused.getOutcome());
            assertEquals(1, history().holds(PROD, "deploy").count());
        });
        sessions.then(jenkins -> {
            awaitEvents("GRANTED deploy#1", "GRANTED deploy#2", "REFUSED hasty#1", "RELEASED deploy#1");
            Gates.eventually("what runs counts on", () -> history().inUse().contains(PROD));
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            WorkflowRun second = job.getBuildByNumber(2);
            Gates.awaitAtGate(second);
            Gates.open(second);
            new Story(jenkins).ended(second, Result.SUCCESS);
            Gates.eventually(
                    "both are known", () -> history().holds(PROD, "deploy").count() == 2);
            List<Usage> day = history().usage(PROD, Usage.Period.HOURS, Instant.now());
            assertEquals(2, day.stream().mapToInt(Usage::granted).sum());
            assertTrue(day.stream().mapToDouble(Usage::used).sum() > 0);

            Moving.rename(job, "release");
            Gates.eventually("the new name is known", () -> events().contains("RELEASED release#2"));
            HistoryEvent newest = history().events(PROD).get(0);
            assertEquals(
                    second, BuildReferences.find(newest.build().orElseThrow()).orElseThrow());
            job.delete();
            awaitEvents("REFUSED hasty#1");
        });
    }

    @Test
    void aDiskThatFailsHarmsNoBuild() throws Throwable {
        Files.writeString(sessions.getHome().toPath().resolve("concurrency-history"), "no directory");
        sessions.then(jenkins -> {
            Gates.eventually("slots are given", ConcurrencyManager.get()::isRecovered);
            WorkflowJob job = new Story(jenkins).script("deploy", "concurrency(group: 'prod') { echo 'in' }");
            jenkins.buildAndAssertSuccess(job);
            awaitEvents("GRANTED deploy#1", "RELEASED deploy#1");
            try (LogRecorder log = new LogRecorder()) {
                log.record("io.jenkins.plugins.concurrency.records.HistoryWriter", Level.WARNING)
                        .capture(10);
                history().save();
                assertTrue(log.getMessages().size() <= 1, () -> "" + log.getMessages());
            }
            jenkins.buildAndAssertSuccess(job);
            Idle.await();
        });
    }
}
