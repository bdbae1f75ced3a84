package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentTest {
    private static final String CANCELLED = "old#1 shall leave deploy for new#1";
    private static final String SUPERSEDED = "old#2 superseded in deploy by new#1";

    private final Story story = new Story();

    private java.util.List<String> oneRunsOneWaits(Behavior running, Behavior waiting, Behavior newcomer) {
        story.ask("old#1", running, claim("deploy", 1));
        story.ask("old#2", waiting, claim("deploy", 1));
        return story.ask("new#1", newcomer, claim("deploy", 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE", "QUEUE_LATEST", "CANCEL", "FAIL", "SKIP"})
    void aRunningRequestOfAnotherJobIsNotCancelledUnlessItWouldCancelItself(Behavior running) {
        assertThat(oneRunsOneWaits(running, Behavior.QUEUE, Behavior.CANCEL_RUNNING), not(hasItem(CANCELLED)));
    }

    @Test
    void aRunningRequestOfAnotherJobThatSaysCancelRunningConsents() {
        assertThat(
                oneRunsOneWaits(Behavior.CANCEL_RUNNING, Behavior.QUEUE, Behavior.CANCEL_RUNNING), hasItem(CANCELLED));
    }

    @Test
    void aWaitingRequestOfAnotherJobIsNotSupersededIfItSaysQueue() {
        assertThat(
                oneRunsOneWaits(Behavior.QUEUE, Behavior.QUEUE, Behavior.CANCEL_RUNNING),
                contains("new#1 waits for deploy"));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE_LATEST", "CANCEL_RUNNING"})
    void aWaitingRequestOfAnotherJobThatSupersedesConsents(Behavior waiting) {
        assertThat(oneRunsOneWaits(Behavior.QUEUE, waiting, Behavior.QUEUE_LATEST), hasItem(SUPERSEDED));
    }

    @Test
    void otherBuildsOfTheSameJobNeedNotConsent() {
        story.ask("a#1", Behavior.QUEUE, claim("deploy", 1));
        story.ask("a#2", Behavior.QUEUE, claim("deploy", 1));
        assertThat(
                story.ask("a#3", Behavior.CANCEL_RUNNING, claim("deploy", 1)),
                contains("a#2 superseded in deploy by a#3", "a#3 waits for deploy", "a#1 shall leave deploy for a#3"));
    }

    @Test
    void aBuildNeverTouchesItsOwnBranches() {
        story.ask("a#1/x", Behavior.CANCEL_RUNNING, claim("deploy", 1));
        story.ask("a#1/y", Behavior.CANCEL_RUNNING, claim("deploy", 1));
        assertThat(story.ask("a#1/z", Behavior.CANCEL_RUNNING, claim("deploy", 1)), contains("a#1/z waits for deploy"));
    }

    @Test
    void aQueueItemIsNotTheBuildOfTheSameNumber() {
        story.ask("a~1", Behavior.CANCEL_RUNNING, claim("deploy", 1));
        assertThat(
                story.ask("a#1", Behavior.CANCEL_RUNNING, claim("deploy", 1)),
                contains("a#1 superseded in deploy by a (queue item 1)"));
    }

    @Test
    void anOlderRequestThatComesLaterToItsSecondGroupTouchesNoNewerOneOfAnotherJob() {
        story.ask("a#1", claim("first", 1));
        story.ask("a#2", Behavior.CANCEL_RUNNING, claim("first", 1), claim("second", 1));
        story.ask("b#3", Behavior.CANCEL_RUNNING, claim("second", 1));
        story.ask("c#4", Behavior.QUEUE_LATEST, claim("second", 1));
        assertThat(story.end("a#1"), contains("a#2 waits for second"));
        assertThat(story.waiting("second"), contains("a#2", "c#4"));
    }

    @Test
    void whoHoldsAGroupWhileItWaitsForAnotherIsSupersededThere() {
        story.ask("b#1", claim("second", 1));
        story.ask("a#1", claim("first", 1), claim("second", 1));
        assertThat(
                story.ask("a#2", Behavior.QUEUE_LATEST, claim("first", 1)),
                contains("a#1 superseded in first by a#2", "a#2 runs with first 1"));
    }
}
