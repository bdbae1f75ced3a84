package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTest {
    private final Story story = new Story();

    private void occupied(Order order, int limit) {
        story.declare("deploy", Policy.ofLimit(limit).withOrder(order));
        for (int i = 1; i <= limit; i++) {
            story.ask("x#" + i, claim("deploy", limit));
        }
    }

    private void ask(String who, int priority) {
        story.ask(story.of(who, Behavior.QUEUE, claim("deploy", 1)).withPriority(priority));
    }

    @Test
    void fifoServesTheLowestTicketFirst() {
        occupied(Order.FIFO, 1);
        ask("a#1", 0);
        ask("a#2", 0);
        ask("b#1", 0);
        assertThat(story.drain("deploy"), contains("x#1", "a#1", "a#2", "b#1"));
    }

    @Test
    void newestFirstServesTheHighestTicketFirst() {
        occupied(Order.NEWEST_FIRST, 1);
        ask("a#1", 0);
        ask("a#2", 0);
        ask("b#1", 0);
        assertThat(story.drain("deploy"), contains("x#1", "b#1", "a#2", "a#1"));
    }

    @Test
    void fairLetsTheJobsTakeTurns() {
        occupied(Order.FAIR, 1);
        ask("a#1", 0);
        ask("a#2", 0);
        ask("a#3", 0);
        ask("b#1", 0);
        ask("c#1", 0);
        ask("b#2", 0);
        assertThat(story.waiting("deploy"), contains("a#1", "b#1", "c#1", "a#2", "b#2", "a#3"));
        assertThat(story.drain("deploy"), contains("x#1", "a#1", "b#1", "c#1", "a#2", "b#2", "a#3"));
    }

    @Test
    void fairGivesAJobThatComesBackItsTurnAfterTheOthers() {
        occupied(Order.FAIR, 1);
        ask("a#1", 0);
        ask("b#1", 0);
        ask("b#2", 0);
        story.end("x#1");
        ask("a#2", 0);
        assertThat(story.waiting("deploy"), contains("b#1", "a#2", "b#2"));
    }

    @ParameterizedTest
    @EnumSource
    void aHigherPriorityGoesFirstInEveryOrder(Order order) {
        occupied(order, 1);
        ask("a#1", 0);
        ask("b#1", 5);
        ask("c#1", -1);
        assertThat(story.drain("deploy"), contains("x#1", "b#1", "a#1", "c#1"));
    }

    @ParameterizedTest
    @EnumSource
    void aNewcomerOfHigherPriorityThatFitsDoesNotWaitBehindAWideRequest(Order order) {
        occupied(order, 2);
        story.ask("wide#1", Story.slots("deploy", 2, 2));
        story.end("x#1");
        assertThat(
                story.ask(story.of("a#1", Behavior.FAIL, claim("deploy", 2)).withPriority(1)),
                contains("a#1 runs with deploy 1"));
    }

    @ParameterizedTest
    @EnumSource
    void aNewcomerOfLowerPriorityDoesNotPassThoseWhoWait(Order order) {
        occupied(order, 2);
        story.ask(
                story.of("wide#1", Behavior.QUEUE, Story.slots("deploy", 2, 2)).withPriority(-1));
        story.end("x#1");
        assertThat(
                story.ask(story.of("a#1", Behavior.QUEUE, claim("deploy", 2)).withPriority(-2)),
                contains("a#1 waits for deploy"));
    }

    @Test
    void anEarlierRequestThatComesLaterToAFairQueueIsServedBeforeItsJobsOthers() {
        occupied(Order.FAIR, 2);
        story.ask("y#1", claim("before", 1));
        story.ask("a#1", claim("before", 1), claim("deploy", 2));
        story.ask("a#2", Story.slots("deploy", 2, 2));
        story.end("x#1");
        assertThat(story.end("y#1"), contains("a#1 runs with before 1, deploy 1"));
    }

    @ParameterizedTest
    @EnumSource
    void whenTheOrderChangesThoseWhoWaitFollowIt(Order order) {
        occupied(Order.FIFO, 1);
        ask("a#1", 0);
        ask("a#2", 0);
        ask("b#1", 0);
        story.declare("deploy", Policy.ofLimit(1).withOrder(order));
        String[] expected =
                switch (order) {
                    case FIFO -> new String[] {"a#1", "a#2", "b#1"};
                    case NEWEST_FIRST -> new String[] {"b#1", "a#2", "a#1"};
                    case FAIR -> new String[] {"a#1", "b#1", "a#2"};
                };
        assertThat(story.waiting("deploy"), contains(expected));
    }

    @ParameterizedTest
    @EnumSource
    void whoWasMovedGoesFirstOrLastWhateverThePriority(Order order) {
        occupied(order, 1);
        ask("a#1", 9);
        ask("b#1", 0);
        ask("c#1", 0);
        story.engine.move(story.key("b#1"), Direction.TOP);
        story.engine.move(story.key("a#1"), Direction.BOTTOM);
        assertThat(story.waiting("deploy"), contains("b#1", "c#1", "a#1"));
        story.engine.move(story.key("c#1"), Direction.TOP);
        assertThat(story.drain("deploy"), contains("x#1", "c#1", "b#1", "a#1"));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsMovedUpOrDownPassesOneOther(Order order) {
        occupied(order, 1);
        ask("a#1", 0);
        ask("b#1", 0);
        ask("c#1", 9);
        ask("d#1", 0);
        List<String> before = story.waiting("deploy");
        story.engine.move(story.key(before.get(2)), Direction.UP);
        assertThat(story.waiting("deploy"), contains(before.get(0), before.get(2), before.get(1), before.get(3)));
        story.engine.move(story.key(before.get(0)), Direction.DOWN);
        assertThat(story.waiting("deploy"), contains(before.get(2), before.get(0), before.get(1), before.get(3)));
    }

    @Test
    void theFirstIsNotMovedUpNorTheLastDown() {
        occupied(Order.FIFO, 1);
        ask("a#1", 0);
        ask("b#1", 0);
        assertThat(story.tell(story.engine.move(story.key("a#1"), Direction.UP)), empty());
        assertThat(story.tell(story.engine.move(story.key("b#1"), Direction.DOWN)), empty());
    }

    @Test
    void whoComesLaterComesBehindWhatAPersonArranged() {
        occupied(Order.FIFO, 1);
        ask("a#1", 0);
        ask("b#1", 0);
        ask("c#1", 0);
        story.engine.move(story.key("c#1"), Direction.UP);
        ask("d#1", 9);
        assertThat(story.waiting("deploy"), contains("a#1", "c#1", "b#1", "d#1"));
    }

    @Test
    void whoIsMovedToTheFrontAndFitsRunsAtOnce() {
        occupied(Order.FIFO, 2);
        story.ask("wide#1", Story.slots("deploy", 2, 2));
        ask("a#1", 0);
        story.end("x#1");
        assertThat(
                story.tell(story.engine.move(story.key("a#1"), Direction.TOP)),
                contains("a#1 moved to the front of deploy", "a#1 runs with deploy 1"));
    }
}
