package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowRun run(JenkinsRule jenkins, String job, int number) {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(number);
        assertTrue(run.isBuilding(), () -> run + " has ended");
        return run;
    }

    private static GroupView prod() {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 50)
                .orElseThrow();
    }

    /** Which build has which slots, as {@code number:slots}. */
    private static List<String> slots(GroupView group) {
        return group.running().stream()
                .map(view -> view.owner().number() + ":" + view.slots())
                .sorted()
                .toList();
    }

    private static List<Long> waiting(GroupView group) {
        return group.waiting().stream()
                .map(RequestView::owner)
                .map(owner -> owner.number())
                .toList();
    }

    @Test
    void theSameOnesRunAndTheRestFollowInTheOldOrder() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', limit: 3"));
            List<WorkflowRun> first = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                first.add(story.start(job));
                Gates.awaitAtGate(first.subList(0, Math.min(i + 1, 3)).toArray(WorkflowRun[]::new));
            }
            // Slot 1 goes to build 4, so that the slots are not in the order of the builds.
            Gates.open(first.get(0));
            story.ended(first.get(0), Result.SUCCESS);
            Gates.awaitAtGate(first.get(3));
            story.waiting(job, 20);
            assertEquals(List.of("2:[2]", "3:[3]", "4:[1]"), slots(prod()));
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            assertEquals(List.of("2:[2]", "3:[3]", "4:[1]"), slots(prod()));
            assertEquals(IntStream.rangeClosed(5, 24).mapToObj(Long::valueOf).toList(), waiting(prod()));
            Idle.sweepFindsNothing();
            List<WorkflowRun> runs = IntStream.rangeClosed(2, 24)
                    .mapToObj(number -> run(jenkins, "deploy", number))
                    .toList();
            for (int i = 0; i < runs.size(); i++) {
                List<Integer> inside = IntStream.range(i, Math.min(i + 3, runs.size()))
                        .mapToObj(at -> runs.get(at).getNumber())
                        .toList();
                Gates.awaitAtGate(runs.subList(i, Math.min(i + 3, runs.size())).toArray(WorkflowRun[]::new));
                assertEquals(inside, Gates.atGate(runs));
                Gates.open(runs.get(i));
                jenkins.assertBuildStatusSuccess(Gates.ended(runs.get(i)));
            }
            Idle.await();
        });
    }

    @Test
    void aNewcomerOfTheStartUpWaitsBehindAllOthers() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
        });
        sessions.then(jenkins -> {
            Gates.awaitAtGate(run(jenkins, "deploy", 1));
            WorkflowRun newcomer =
                    new Story(jenkins).waiting(jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class));
            Gates.open(run(jenkins, "deploy", 1));
            Gates.awaitAtGate(run(jenkins, "deploy", 2));
            assertTrue(!Gates.isAtGate(newcomer));
            for (int i = 2; i <= newcomer.getNumber(); i++) {
                WorkflowRun run = run(jenkins, "deploy", i);
                Gates.awaitAtGate(run);
                Gates.open(run);
                Gates.ended(run);
            }
            Idle.await();
        });
    }

    @Test
    void theWaitIsOnePauseThatEndsOverARestartToo() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
        });
        sessions.then(jenkins -> {
            WorkflowRun waited = run(jenkins, "deploy", 2);
            Gates.open(run(jenkins, "deploy", 1));
            Gates.awaitAtGate(waited);
            List<PauseAction> pauses = new ArrayList<>();
            for (FlowNode node : new DepthFirstScanner().allNodes(waited.getExecution())) {
                pauses.addAll(PauseAction.getPauseActions(node));
            }
            assertEquals(1, pauses.size());
            assertTrue(!pauses.get(0).isPaused());
            Gates.open(waited);
            jenkins.assertBuildStatusSuccess(Gates.ended(waited));
            Idle.await();
        });
    }

    private static Instant deadline(int place) {
        return prod().waiting().get(place).deadline().orElseThrow();
    }

    /** Were it counted from the restart, it would end later than before that. */
    @Test
    void theLongestWaitCountsFromTheFirstStart() throws Throwable {
        Instant[] before = {null, null};
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.define(job, Gates.block("group: 'prod', waitTimeout: 1, unit: 'HOURS'"));
            story.waiting(job);
            story.define(job, Gates.block("group: 'prod', waitTimeout: 10, unit: 'SECONDS'"));
            story.waiting(job);
            before[0] = deadline(0);
            before[1] = deadline(1);
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            WorkflowRun impatient = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getBuildByNumber(3);
            jenkins.assertBuildStatus(Result.ABORTED, Gates.ended(impatient));
            assertTrue(Instant.now().isAfter(before[1]));
            assertEquals(List.of(2L), waiting(prod()));
            assertEquals(before[0], deadline(0));
            Gates.open(run(jenkins, "deploy", 1));
            Gates.ended(run(jenkins, "deploy", 1));
            WorkflowRun patient = run(jenkins, "deploy", 2);
            Gates.awaitAtGate(patient);
            Gates.open(patient);
            jenkins.assertBuildStatusSuccess(Gates.ended(patient));
            Idle.await();
        });
    }

    @Test
    void aNestedBlockStillTakesNothingMore() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", """
                    concurrency('prod') {
                        semaphore 'outer'
                        concurrency('prod') { semaphore 'inner' }
                        concurrency('other') { semaphore 'other' }
                    }
                    """);
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
        });
        sessions.then(jenkins -> {
            WorkflowRun first = run(jenkins, "deploy", 1);
            Gates.awaitAtGate(first);
            Gates.open(first);
            jenkins.waitForMessage("it takes no further slot", first);
            Gates.awaitAtGate(first);
        });
        sessions.then(jenkins -> {
            WorkflowRun first = run(jenkins, "deploy", 1);
            Gates.awaitAtGate(first);
            Gates.open(first);
            jenkins.waitForMessage("of group 'other'", first);
            Gates.awaitAtGate(first);
            WorkflowRun second = run(jenkins, "deploy", 2);
            assertTrue(!Gates.isAtGate(second));
            Gates.open(first);
            jenkins.assertBuildStatusSuccess(Gates.ended(first));
            Gates.awaitAtGate(second);
            second.getExecutor().interrupt();
            Gates.ended(second);
            Idle.await();
        });
    }

    @Test
    void aBuildWhoseProgramIsLostHoldsNothing() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', limit: 2"));
            Gates.awaitAtGate(story.start(job));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job, 2);
        });
        for (int lost : List.of(1, 3)) {
            Files.delete(sessions.getHome().toPath().resolve("jobs/deploy/builds/" + lost + "/program.dat"));
        }
        sessions.then(jenkins -> {
            WorkflowRun waited = run(jenkins, "deploy", 4);
            Gates.awaitAtGate(run(jenkins, "deploy", 2), waited);
            Gates.open(run(jenkins, "deploy", 2), waited);
            jenkins.assertBuildStatusSuccess(Gates.ended(waited));
            Idle.await();
        });
    }
}
