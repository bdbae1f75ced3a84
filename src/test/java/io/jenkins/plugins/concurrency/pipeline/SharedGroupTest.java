package io.jenkins.plugins.concurrency.pipeline;

import static io.jenkins.plugins.concurrency.Gates.eventually;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.freed;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Blocks in groups that several controllers share, by a log in memory; the other controller is a {@link Neighbour}. */
@ExtendWith(OneJenkins.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SharedGroupTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");
    private static final GroupKey BENCH = new GroupKey(Scope.SHARED, "", "bench");
    private static final String SHARED = "group: 'rig', scope: 'SHARED'";

    private JenkinsRule rule;
    private Story story;
    private SharedByMemory shared;
    private Neighbour other;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        story = new Story(jenkins);
        shared = new SharedByMemory(shared("rig", 1), freed("bench", 1), new DeclaredGroup("licence", 1));
        other = shared.neighbour("other");
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private static void awaitLine(String line, WorkflowRun run) throws Exception {
        eventually(
                () -> Gates.times(line, run) > 0,
                Gates.PATIENCE,
                () -> "'" + line + "' in the log of " + run + ":\n" + log(run));
    }

    private static String log(WorkflowRun run) {
        try {
            return JenkinsRule.getLog(run);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    private WorkflowJob job(String behavior) throws Exception {
        return story.job(behavior.toLowerCase(Locale.ROOT), SHARED + ", behavior: '" + behavior + "'");
    }

    @Test
    void oneWaitsForABuildOfAnotherControllerAndIsNextThen() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun run = story.waiting(job("QUEUE"));
        awaitLine(
                "Waiting for shared group 'rig', place 1 in the queue. Held by a build on the controller 'other'.",
                run);
        RequestKey behind = other.ask(RIG);
        other.end(held);
        story.awaitInside(run);
        assertFalse(other.has(behind));
        story.finish(run);
        eventually("the other controller is next", () -> other.has(behind));
        other.end(behind);
    }

    @Test
    void whoDoesNotWaitIsAnsweredLaterAndEndsAsItSays() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun cancelled = story.start(job("CANCEL"));
        WorkflowRun failed = story.start(job("FAIL"));
        WorkflowRun skipped = story.start(job("SKIP"));
        story.ended(cancelled, Result.ABORTED);
        story.ended(failed, Result.FAILURE);
        story.ended(skipped, Result.SUCCESS);
        rule.assertLogContains("No slot of shared group 'rig' is free: this block is skipped.", skipped);
        other.end(held);
        story.finish(story.inside(job("QUEUE")));
    }

    @Test
    void aNewerOneSupersedesWhoWaitsOrRuns() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowJob latest = job("QUEUE_LATEST");
        WorkflowRun first = story.waiting(latest);
        WorkflowRun second = story.waiting(latest);
        story.ended(first, Result.ABORTED);
        other.end(held);
        story.awaitInside(second);
        story.finish(second);

        WorkflowJob cancels = job("CANCEL_RUNNING");
        WorkflowRun running = story.inside(cancels);
        WorkflowRun next = story.start(cancels);
        story.ended(running, Result.ABORTED);
        story.awaitInside(next);
        story.finish(next);
    }

    @Test
    void itsOwnControllersGroupComesFirstAndIsKeptMeanwhile() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun both = story.waiting(
                story.job("both", SHARED + ", extra: [[group: 'licence', scope: 'CONTROLLER']], variable: 'SLOT'"));
        awaitLine("Waiting for shared group 'rig'", both);
        WorkflowRun own = story.waiting(story.job("own", "group: 'licence', scope: 'CONTROLLER'"));
        other.end(held);
        story.awaitInside(both);
        rule.assertLogContains("Waiting for group 'licence'", own);
        story.finish(both);
        story.awaitInside(own);
        story.finish(own);
    }

    @Test
    void whoIsEndedWhileItWaitsGivesBackWhatItHasHereToo() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun both =
                story.start(story.job("both", SHARED + ", extra: [[group: 'licence', scope: 'CONTROLLER']]"));
        awaitLine("Waiting for shared group 'rig'", both);
        both.doStop();
        story.ended(both, Result.ABORTED);
        story.finish(story.inside(story.job("own", "group: 'licence', scope: 'CONTROLLER'")));
        other.end(held);
        story.finish(story.inside(job("QUEUE")));
    }

    @Test
    void aBlockInsideAnotherOfTheSameGroupTakesNothingMore() throws Exception {
        WorkflowRun run = story.start(story.script("nested", """
                concurrency(group: 'rig', scope: 'SHARED') {
                    concurrency(group: 'rig', scope: 'SHARED') {
                        semaphore 'nested-1-in'
                    }
                }"""));
        story.awaitInside(run);
        story.finish(run);
    }

    @Test
    void whileTheDatabaseIsAwayBodiesGoOnEndsAreSentLaterAndOthersWait() throws Exception {
        WorkflowRun inside = story.inside(job("QUEUE"));
        shared.memory().setAway(true);
        eventually("that is noticed", () -> SharedByMemory.status().away().isPresent());
        story.leave(inside);
        eventually("a body goes on to its end", () -> !inside.isLogUpdated());
        WorkflowRun waits = story.start(job("FAIL"));
        awaitLine("The database of the shared groups does not answer", waits);
        WorkflowRun stopped = story.start(job("SKIP"));
        awaitLine("The database of the shared groups does not answer", stopped);
        stopped.doStop();
        story.ended(stopped, Result.ABORTED);
        shared.memory().setAway(false);
        awaitLine("answers again", waits);
        // The end is sent before what was asked for after it: so this one does not fail.
        story.awaitInside(waits);
        story.finish(waits);
    }

    @Test
    void whoIsCutOffStopsWhatWouldBeGivenOnBeforeItIsAndNothingElse() throws Exception {
        // Of which it has a quarter to stop, and the test to look.
        SharedByMemory.takePart(24);
        WorkflowRun freed = story.inside(story.job("freed", "group: 'bench', scope: 'SHARED'"));
        WorkflowRun kept = story.inside(job("QUEUE"));
        RequestKey next = other.ask(BENCH);
        RequestKey behind = other.ask(RIG);
        shared.memory().cutOff(SharedByMemory.HERE);
        awaitLine(
                "The database of the shared groups does not answer, and the slots of group 'bench' may soon be given to"
                        + " another build.",
                freed);
        assertFalse(other.has(next), "its slot was given on while it ran");
        eventually("the slot is given on", () -> other.has(next));
        assertTrue(Gates.isAtGate(kept));
        shared.memory().reconnect();
        eventually("this controller is back", () -> SharedByMemory.status().takesPart());
        story.ended(freed, Result.ABORTED);
        assertFalse(other.has(behind), "what is held until the controller is back was given on");
        story.finish(kept);
        eventually("the slot is free now", () -> other.has(behind));
        other.end(next);
        other.end(behind);
    }

    @Test
    void badUseSaysWhatToDo() throws Exception {
        WorkflowRun unknown = story.start(story.job("typo", "group: 'rigg', scope: 'SHARED'"));
        story.ended(unknown, Result.FAILURE);
        rule.assertLogContains("There is no shared group 'rigg'. Declared ones with a similar name: 'rig'.", unknown);
        WorkflowRun wide = story.start(story.job("wide", SHARED + ", slots: 2"));
        story.ended(wide, Result.FAILURE);
        rule.assertLogContains("2", wide);
        ConcurrencySettings.get().setDatabase(null);
        WorkflowRun none = story.start(job("QUEUE"));
        story.ended(none, Result.FAILURE);
        rule.assertLogContains("has no database to share groups by", none);
    }

    @Test
    void theFenceGrowsWithEachGrantWhicheverControllerItIsOn() throws Exception {
        WorkflowJob job =
                story.script("fence", "concurrency(" + SHARED + ", fence: 'FENCE') { echo \"fence ${env.FENCE}\" }");
        WorkflowRun first = rule.buildAndAssertSuccess(job);
        RequestKey held = other.take(RIG);
        other.end(held);
        WorkflowRun second = rule.buildAndAssertSuccess(job);
        assertThat(fence(second), greaterThan(fence(first) + 1));
    }

    private static long fence(WorkflowRun run) {
        return Long.parseLong(log(run).replaceAll("(?s).*fence (\\d+).*", "$1"));
    }

    @Test
    void severalBranchesAndBuildsAreServedInTheirOrder() throws Exception {
        WorkflowRun first = story.inside(job("QUEUE"));
        List<WorkflowRun> waiting = story.waiting(first.getParent(), 3);
        for (WorkflowRun next : waiting) {
            story.finish(first);
            story.awaitInside(next);
            first = next;
        }
        story.finish(first);
        assertEquals(0, Gates.countAtGate(first));
    }
}
