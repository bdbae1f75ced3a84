package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Behavior.CANCEL_RUNNING;
import static io.jenkins.plugins.concurrency.engine.Behavior.QUEUE;
import static io.jenkins.plugins.concurrency.engine.Behavior.QUEUE_LATEST;
import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.owner;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An older build that comes to a group after a newer one of its job. */
class NewerTest {
    private final Story story = new Story();

    @Test
    void anOlderBuildThatComesLateIsSupersededByTheNewestThatWaits() {
        story.ask("a#2", QUEUE_LATEST, claim("deploy", 1));
        story.ask("a#3", QUEUE_LATEST, claim("deploy", 1));
        assertThat(story.ask("a#1", QUEUE_LATEST, claim("deploy", 1)), contains("a#1 superseded in deploy by a#3"));
        assertThat(story.end("a#2"), contains("a#3 runs with deploy 1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE_LATEST", "CANCEL_RUNNING"})
    void anOlderBuildThatComesLateIsSupersededByTheOneThatRunsWhateverThatSays(Behavior behavior) {
        story.ask("a#2", QUEUE, claim("deploy", 1));
        assertThat(story.ask("a#1", behavior, claim("deploy", 1)), contains("a#1 superseded in deploy by a#2"));
    }

    @Test
    void theNewestCountsNotTheOneThatCameInLast() {
        story.ask("a#9", QUEUE, claim("deploy", 1));
        story.ask("a#5", QUEUE, claim("deploy", 1));
        assertThat(story.ask("a#3", QUEUE_LATEST, claim("deploy", 1)), contains("a#3 superseded in deploy by a#9"));
    }

    @Test
    void whoIsSupersededForANewerOneTouchesNobody() {
        story.ask("a#1", CANCEL_RUNNING, claim("deploy", 2));
        story.ask("a#4", CANCEL_RUNNING, claim("deploy", 2));
        story.ask("a#2", QUEUE, claim("deploy", 2));
        story.ask("b#1", CANCEL_RUNNING, claim("deploy", 2));
        assertThat(story.ask("a#3", CANCEL_RUNNING, claim("deploy", 2)), contains("a#3 superseded in deploy by a#4"));
        assertThat(story.waiting("deploy"), contains("a#2", "b#1"));
    }

    @Test
    void anOlderBuildThatFindsAFreeSlotRuns() {
        story.ask("a#2", CANCEL_RUNNING, claim("deploy", 2));
        assertThat(story.ask("a#1", CANCEL_RUNNING, claim("deploy", 2)), contains("a#1 runs with deploy 2"));
    }

    @Test
    void anOlderBuildThatSaysQueueWaits() {
        story.ask("a#2", CANCEL_RUNNING, claim("deploy", 1));
        assertThat(story.ask("a#1", QUEUE, claim("deploy", 1)), contains("a#1 waits for deploy"));
    }

    @Test
    void betweenJobsTheLaterTicketIsNewerWhateverTheNumbers() {
        story.ask("b#9", CANCEL_RUNNING, claim("deploy", 1));
        assertThat(
                story.ask("a#1", CANCEL_RUNNING, claim("deploy", 1)),
                contains("a#1 waits for deploy", "b#9 shall leave deploy for a#1"));
    }

    @Test
    void branchesOfOneBuildAreNoNewerThanEachOther() {
        story.ask("a#1/x", CANCEL_RUNNING, claim("deploy", 1));
        assertThat(story.ask("a#1/y", CANCEL_RUNNING, claim("deploy", 1)), contains("a#1/y waits for deploy"));
    }

    @Test
    void aQueueItemIsNewerThanEveryBuildAndALaterOneThanAnEarlierOne() {
        story.ask("a#1", QUEUE_LATEST, claim("deploy", 1));
        story.ask("a~7", QUEUE_LATEST, claim("deploy", 1));
        assertThat(
                story.ask("a#9", QUEUE_LATEST, claim("deploy", 1)),
                contains("a#9 superseded in deploy by a (queue item 7)"));
        assertThat(
                story.ask("a~5", QUEUE_LATEST, claim("deploy", 1)),
                contains("a~7 superseded in deploy by a (queue item 5)", "a~5 waits for deploy"));
    }

    @Test
    void aQueueItemThatHasBecomeABuildIsAsNewAsThat() {
        story.ask("a#1", QUEUE_LATEST, claim("deploy", 1));
        story.ask("a~7", QUEUE_LATEST, claim("deploy", 1));
        story.engine.transfer(story.key("a~7"), owner("a#3"));
        assertThat(story.ask("a#2", QUEUE_LATEST, claim("deploy", 1)), contains("a#2 superseded in deploy by a#3"));
        assertThat(
                story.ask("a#4", QUEUE_LATEST, claim("deploy", 1)),
                contains("a~7 superseded in deploy by a#4", "a#4 waits for deploy"));
    }

    @Test
    void whoHoldsSlotsHereWhileItWaitsElsewhereCountsToo() {
        story.ask("b#1", claim("second", 1));
        story.ask("a#3", claim("first", 1), claim("second", 1));
        assertThat(story.ask("a#2", QUEUE_LATEST, claim("first", 1)), contains("a#2 superseded in first by a#3"));
    }

    @Test
    void whoHasNotComeHereYetDoesNotCount() {
        story.ask("b#1", claim("first", 1));
        story.ask("b#2", claim("second", 1));
        story.ask("a#3", claim("first", 1), claim("second", 1));
        assertThat(story.ask("a#2", QUEUE_LATEST, claim("second", 1)), contains("a#2 waits for second"));
    }

    @Test
    void whoComesToItsSecondGroupAfterANewerOneIsSupersededAndGivesBackTheFirst() {
        story.ask("a#1", claim("first", 1));
        story.ask("a#2", CANCEL_RUNNING, claim("first", 1), claim("second", 1));
        story.ask("b#1", claim("first", 1));
        story.ask("a#3", claim("second", 1));
        story.ask("a#4", QUEUE_LATEST, claim("second", 1));
        assertThat(story.end("a#1"), contains("a#2 superseded in second by a#4", "b#1 runs with first 1"));
        assertThat(story.waiting("second"), contains("a#4"));
    }

    @Test
    void theOldestRunningBuildIsCancelledNotTheOneThatCameInFirst() {
        story.ask("a#2", QUEUE, claim("deploy", 3));
        story.ask("a#1", QUEUE, claim("deploy", 3));
        story.ask("b#1", CANCEL_RUNNING, claim("deploy", 3));
        assertThat(
                story.ask("a#3", CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#3 waits for deploy", "a#1 shall leave deploy for a#3"));
    }

    @Test
    void eachJobsOldestBuildStandsForItAndOfTheseTheLowestTicketGoes() {
        story.ask("a#2", QUEUE, claim("deploy", 3));
        story.ask("b#1", CANCEL_RUNNING, claim("deploy", 3));
        story.ask("a#1", QUEUE, claim("deploy", 3));
        assertThat(
                story.ask("a#3", CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#3 waits for deploy", "b#1 shall leave deploy for a#3"));
    }

    @Test
    void aNewerBuildIsNotDisplacedFromAFullQueue() {
        story.declare("deploy", Policy.ofLimit(1).withQueue(2, Overflow.DISPLACE_OLDEST));
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#5", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(story.ask("a#2", claim("deploy", 1)), contains("a#2 queue full cancelled in deploy"));
        assertThat(
                story.ask("a#4", claim("deploy", 1)),
                contains("a#3 displaced in deploy by a#4", "a#4 waits for deploy"));
    }

    @Test
    void anOlderNewcomerBehindTheClosedGateIsSupersededWhenThatOpens() {
        story.engine = Engine.recovering(story);
        Instant then = story.instant();
        story.engine.restore(
                story.of("a#2", QUEUE_LATEST, claim("deploy", 1)),
                SavedState.running(10, then, then, List.of(new Grant(Story.group("deploy"), List.of(1), false))));
        story.ask("a#3", QUEUE_LATEST, claim("deploy", 1));
        story.ask("a#1", QUEUE_LATEST, claim("deploy", 1));
        assertThat(
                story.tell(story.engine.openGate()),
                contains("a#3 waits for deploy", "a#1 superseded in deploy by a#3"));
    }

    @Test
    void whoWaitedBeforeARestartIsNotSupersededByIt() {
        story.engine = Engine.recovering(story);
        Instant then = story.instant();
        story.engine.restore(
                story.of("a#3", QUEUE, claim("second", 1)),
                SavedState.running(10, then, then, List.of(new Grant(Story.group("second"), List.of(1), false))));
        story.engine.restore(
                story.of("a#2", QUEUE_LATEST, claim("first", 1), claim("second", 1)), SavedState.waiting(5, then));
        assertThat(story.tell(story.engine.openGate()), contains("a#2 waits for second"));
        assertThat(story.end("a#3"), contains("a#2 runs with first 1, second 1"));
        assertThat(story.end("a#2"), empty());
    }
}
