package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueBoundTest {
    private final Story story = new Story();

    private void full(Overflow overflow) {
        story.declare("deploy", Policy.ofLimit(1).withQueue(2, overflow));
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
    }

    @ParameterizedTest
    @CsvSource({"CANCEL,queue full cancelled", "FAIL,queue full failed"})
    void theNewcomerEndsAsTheOverflowSays(Overflow overflow, String end) {
        full(overflow);
        assertThat(story.ask("a#4", claim("deploy", 1)), contains("a#4 " + end + " in deploy"));
        assertThat(story.drain("deploy"), contains("a#1", "a#2", "a#3"));
    }

    @Test
    void theNewcomerDisplacesTheOldestWaiter() {
        full(Overflow.DISPLACE_OLDEST);
        assertThat(
                story.ask("a#4", claim("deploy", 1)),
                contains("a#2 displaced in deploy by a#4", "a#4 waits for deploy"));
        assertThat(story.drain("deploy"), contains("a#1", "a#3", "a#4"));
    }

    @Test
    void theOldestWaiterIsDisplacedEvenFromTheMiddleOfTheQueue() {
        full(Overflow.DISPLACE_OLDEST);
        story.engine.move(story.key("a#2"), Direction.BOTTOM);
        assertThat(
                story.ask("a#4", claim("deploy", 1)),
                contains("a#2 displaced in deploy by a#4", "a#4 waits for deploy"));
    }

    @Test
    void aBuildDoesNotDisplaceItsOwnBranches() {
        full(Overflow.DISPLACE_OLDEST);
        assertThat(
                story.ask("a#3/y", claim("deploy", 1)),
                contains("a#2 displaced in deploy by a#3", "a#3/y waits for deploy"));
        assertThat(story.ask("a#3/z", claim("deploy", 1)), contains("a#3/z queue full cancelled in deploy"));
    }

    @Test
    void aQueueOfNoneRefusesWhoeverWouldWait() {
        story.declare("deploy", Policy.ofLimit(1).withQueue(0, Overflow.DISPLACE_OLDEST));
        story.ask("a#1", claim("deploy", 1));
        assertThat(story.ask("a#2", claim("deploy", 1)), contains("a#2 queue full cancelled in deploy"));
    }

    @Test
    void theQueueShrinksToALoweredBoundAtTheNextNewcomer() {
        full(Overflow.DISPLACE_OLDEST);
        story.declare("deploy", Policy.ofLimit(1).withQueue(1, Overflow.DISPLACE_OLDEST));
        assertThat(
                story.ask("a#4", claim("deploy", 1)),
                contains("a#2 displaced in deploy by a#4", "a#3 displaced in deploy by a#4", "a#4 waits for deploy"));
    }

    @Test
    void nobodyIsDisplacedForANewcomerForWhomThatDoesNotMakeRoom() {
        full(Overflow.DISPLACE_OLDEST);
        story.declare("deploy", Policy.ofLimit(1).withQueue(1, Overflow.DISPLACE_OLDEST));
        assertThat(story.ask("a#3/y", claim("deploy", 1)), contains("a#3/y queue full cancelled in deploy"));
        story.declare("deploy", Policy.ofLimit(1).withQueue(0, Overflow.DISPLACE_OLDEST));
        assertThat(story.ask("a#4", claim("deploy", 1)), contains("a#4 queue full cancelled in deploy"));
        assertThat(story.waiting("deploy"), contains("a#2", "a#3"));
    }

    @Test
    void anAdHocGroupIsBoundedByTheNewcomersOwnRequest() {
        story.ask("a#1", claim("deploy", 1));
        story.ask(story.of("a#2", Behavior.QUEUE, claim("deploy", 1)).withMaxQueued(1));
        assertThat(
                story.ask(story.of("a#3", Behavior.QUEUE, claim("deploy", 1)).withMaxQueued(1)),
                contains("a#3 queue full cancelled in deploy"));
        assertThat(story.ask("a#4", claim("deploy", 1)), contains("a#4 waits for deploy"));
    }

    @Test
    void theDeclaredBoundWinsOverTheRequests() {
        full(Overflow.CANCEL);
        assertThat(
                story.ask(story.of("a#4", Behavior.QUEUE, claim("deploy", 1)).withMaxQueued(9)),
                contains("a#4 queue full cancelled in deploy"));
    }

    @Test
    void whoSupersedesTheWaitingFindsRoom() {
        full(Overflow.FAIL);
        assertThat(
                story.ask("a#4", Behavior.QUEUE_LATEST, claim("deploy", 1)),
                contains("a#2 superseded in deploy by a#4", "a#3 superseded in deploy by a#4", "a#4 waits for deploy"));
    }

    @Test
    void whoIsAlreadyWaitingStaysWhenTheBoundIsLowered() {
        full(Overflow.CANCEL);
        story.declare("deploy", Policy.ofLimit(1).withQueue(0, Overflow.CANCEL));
        assertThat(story.drain("deploy"), contains("a#1", "a#2", "a#3"));
    }
}
