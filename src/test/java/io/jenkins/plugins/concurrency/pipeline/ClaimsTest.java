package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What a block asks for, and inside which others. */
class ClaimsTest extends StoryTest {
    @Test
    void severalGroupsAreTakenAllOrTheBuildWaits() throws Exception {
        WorkflowRun db = story.start(story.script("db", Gates.block("'db'")));
        Gates.awaitAtGate(db);
        WorkflowRun both = story.waiting(
                story.script("both", Gates.block("group: 'web', extra: [[group: 'db'], [group: 'mail']]")));
        jenkins.assertLogContains("Waiting for group 'db'", both);
        finish(db);
        Gates.awaitAtGate(both);
        for (String group : List.of("web", "db", "mail")) {
            WorkflowRun other = story.waiting(story.script(group + "-next", Gates.block("'" + group + "'")));
            other.doStop();
            story.ended(other, Result.ABORTED);
        }
        finish(both);
    }

    @Test
    void twoBuildsThatTakeTheirGroupsTogetherNeverBlockEachOther() throws Exception {
        WorkflowJob there = story.script("there", "concurrency(group: 'a', extra: [[group: 'b']]) { echo 'in' }");
        WorkflowJob back = story.script("back", "concurrency(group: 'b', extra: [[group: 'a']]) { echo 'in' }");
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            runs.add(story.start(there));
            runs.add(story.start(back));
        }
        for (WorkflowRun run : runs) {
            story.ended(run, Result.SUCCESS);
        }
    }

    @Test
    void cancelTakesAllOfItsGroupsOrNone() throws Exception {
        WorkflowRun db = story.start(story.script("db", Gates.block("'db'")));
        Gates.awaitAtGate(db);
        WorkflowRun both = story.start(
                story.script("both", Gates.block("group: 'web', behavior: 'CANCEL', extra: [[group: 'db']]")));
        story.ended(both, Result.ABORTED);
        finish(story.start(story.script("web", Gates.block("'web'"))));
        finish(db);
    }

    @Test
    void readersRunTogetherAndAWriterAlone() throws Exception {
        WorkflowJob reader = story.script("reader", Gates.block("group: 'data', limit: 10"));
        WorkflowJob writer = story.script("writer", Gates.block("group: 'data', limit: 10, exclusive: true"));
        WorkflowRun one = story.start(reader);
        WorkflowRun two = story.start(reader);
        Gates.awaitAtGate(one, two);
        WorkflowRun alone = story.waiting(writer);
        WorkflowRun later = story.waiting(reader);
        finish(one);
        assertFalse(Gates.isAtGate(alone));
        assertFalse(Gates.isAtGate(later));
        finish(two);
        Gates.awaitAtGate(alone);
        jenkins.assertLogContains("Got all slots of group 'data'", alone);
        assertFalse(Gates.isAtGate(later));
        finish(alone);
        finish(later);
    }

    @Test
    void aWideRequestKeepsItsPlaceBeforeNarrowOnes() throws Exception {
        WorkflowJob narrow = story.script("narrow", Gates.block("group: 'hosts', limit: 3"));
        WorkflowJob wide = story.script("wide", Gates.block("group: 'hosts', limit: 3, slots: 3"));
        WorkflowRun one = story.start(narrow);
        WorkflowRun two = story.start(narrow);
        Gates.awaitAtGate(one, two);
        WorkflowRun all = story.waiting(wide);
        WorkflowRun later = story.waiting(narrow);
        finish(one);
        assertFalse(Gates.isAtGate(later));
        finish(two);
        Gates.awaitAtGate(all);
        assertFalse(Gates.isAtGate(later));
        finish(all);
        finish(later);
    }

    @Test
    void aBuildThatWaitsInItsNarrowGroupDoesNotStopThoseOfAWideOne() throws Exception {
        WorkflowJob branch = story.script("branch", """
                concurrency(group: "branch-${env.BUILD_NUMBER == '3' ? 2 : 1}", scope: 'JOB', extra: [[group: 'all', limit: 2]]) {
                    semaphore 'gate'
                }
                """);
        WorkflowRun first = story.start(branch);
        Gates.awaitAtGate(first);
        WorkflowRun blocked = story.waiting(branch);
        jenkins.assertLogContains("'branch-1'", blocked);
        WorkflowRun free = story.start(branch);
        Gates.awaitAtGate(free);
        finish(List.of(free, first, blocked));
    }

    @Test
    void aBlockInsideAnotherOfTheSameGroupTakesNothingMore() throws Exception {
        WorkflowRun run = story.start(story.script("deploy", """
                concurrency('prod') {
                    concurrency('PROD') { semaphore 'gate' }
                    semaphore 'gate'
                }
                """));
        Gates.awaitAtGate(run);
        jenkins.assertLogContains("This block is inside another block of group 'prod' of the top level", run);
        WorkflowRun next = story.waiting(story.script("next", Gates.block("'prod'")));
        Gates.open(run);
        Gates.eventually("outer gate", () -> Gates.times("[Pipeline] semaphore", run) == 2);
        Gates.awaitAtGate(run);
        assertFalse(Gates.isAtGate(next));
        finish(run);
        finish(next);
    }

    @Test
    void aBranchInsideABlockTakesNothingMoreEither() throws Exception {
        WorkflowRun run = story.start(story.script("deploy", """
                concurrency('prod') {
                    parallel a: { concurrency('prod') { semaphore 'gate' } },
                             b: { concurrency('prod') { semaphore 'gate' } }
                }
                """));
        Gates.eventually("both are in", () -> Gates.countAtGate(run) == 2);
        finish(run);
    }

    @Test
    void twoBuildsThatWouldWaitForEachOtherAreNamedAndTheSecondFails() throws Exception {
        WorkflowRun one = story.start(story.script("one", """
                concurrency('a') {
                    semaphore 'gate'
                    concurrency('b') { semaphore 'gate' }
                }
                """));
        WorkflowRun two = story.start(story.script("two", """
                concurrency('b') {
                    semaphore 'gate'
                    concurrency('a') { semaphore 'gate' }
                }
                """));
        Gates.awaitAtGate(one, two);
        Gates.open(one);
        jenkins.waitForMessage("Waiting for group 'b'", one);
        Gates.open(two);
        story.ended(two, Result.FAILURE);
        jenkins.assertLogContains("two #1 waits for group 'a' of the top level, which one #1 holds", two);
        jenkins.assertLogContains("one #1 waits for group 'b' of the top level, which two #1 holds", two);
        finish(one);
    }

    @Test
    void theVariableHasTheSlot() throws Exception {
        WorkflowJob job = story.script("deploy", """
                concurrency(group: 'hosts', limit: 4, slots: 2, variable: 'HOST') {
                    echo "outer ${env.HOST}"
                    concurrency(group: 'hosts', limit: 4, variable: 'HOST') { echo "nested ${env.HOST}" }
                    concurrency(group: 'ports', limit: 9, variable: 'PORT') { echo "inner ${env.HOST} ${env.PORT}" }
                    semaphore 'gate'
                    echo "outer still ${env.HOST} ${env.PORT}"
                }
                echo "after ${env.HOST}"
                """);
        WorkflowRun one = story.start(job);
        Gates.awaitAtGate(one);
        WorkflowRun two = story.start(job);
        Gates.awaitAtGate(two);
        jenkins.assertLogContains("outer 1,2", one);
        jenkins.assertLogContains("outer 3,4", two);
        jenkins.assertLogContains("nested 3,4", two);
        jenkins.assertLogContains("inner 1,2 1", one);
        jenkins.assertLogContains("inner 3,4 1", two);
        finish(List.of(one, two));
        jenkins.assertLogContains("outer still 1,2 null", one);
        jenkins.assertLogContains("after null", one);
        assertEquals(1, Gates.times("Got slots 3, 4 of group 'hosts'", two));
    }

    @Test
    void theVariableIsOfTheFirstGroup() throws Exception {
        WorkflowRun other = story.start(story.script("other", Gates.block("group: 'b', limit: 3")));
        Gates.awaitAtGate(other);
        WorkflowRun run = story.start(story.script("deploy", """
                concurrency(group: 'b', limit: 3, variable: 'SLOT', extra: [[group: 'a', limit: 3]]) { echo "slot ${env.SLOT}" }
                concurrency(limit: 3, variable: 'SLOT', extra: [[group: 'b', limit: 3, scope: 'BUILD']]) { echo "own ${env.SLOT}" }
                """));
        story.ended(run, Result.SUCCESS);
        jenkins.assertLogContains("slot 2", run);
        jenkins.assertLogContains("own 1", run);
        finish(other);
    }
}
