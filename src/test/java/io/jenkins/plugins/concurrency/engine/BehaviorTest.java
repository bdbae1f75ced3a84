package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviorTest {
    private final Story story = new Story();

    private void fill(int limit, Behavior behavior) {
        IntStream.rangeClosed(1, limit)
                .forEach(slot -> assertThat(
                        story.ask("a#" + slot, behavior, claim("deploy", limit)),
                        contains("a#" + slot + " runs with deploy " + slot)));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverFindsAFreeSlotRunsWhateverItsBehavior(Behavior behavior) {
        fill(1, behavior);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void queueWaitsForTheFirstSlotThatComesFree(int limit) {
        fill(limit, Behavior.QUEUE);
        assertThat(story.ask("a#8", claim("deploy", limit)), contains("a#8 waits for deploy"));
        assertThat(story.ask("a#9", claim("deploy", limit)), contains("a#9 waits for deploy"));
        assertThat(story.end("a#" + limit), contains("a#8 runs with deploy " + limit));
        assertThat(story.end("a#8"), contains("a#9 runs with deploy " + limit));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void queueLatestSupersedesThoseWhoWaitAndNobodyWhoRuns(int limit) {
        fill(limit, Behavior.QUEUE_LATEST);
        story.ask("a#7", Behavior.QUEUE_LATEST, claim("deploy", limit));
        assertThat(
                story.ask("a#8", Behavior.QUEUE_LATEST, claim("deploy", limit)),
                contains("a#7 superseded in deploy by a#8", "a#8 waits for deploy"));
        assertThat(story.end("a#1"), contains("a#8 runs with deploy 1"));
        assertThat(story.running("deploy").size(), is(limit));
    }

    @Test
    void queueLatestSupersedesAllWhoWaitNotOnlyTheLastOne() {
        fill(1, Behavior.QUEUE);
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(
                story.ask("a#4", Behavior.QUEUE_LATEST, claim("deploy", 1)),
                contains("a#2 superseded in deploy by a#4", "a#3 superseded in deploy by a#4", "a#4 waits for deploy"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void cancelRunningCancelsTheOldestAndStartsWhenItHasLeft(int limit) {
        fill(limit, Behavior.CANCEL_RUNNING);
        assertThat(
                story.ask("a#8", Behavior.CANCEL_RUNNING, claim("deploy", limit)),
                contains("a#8 waits for deploy", "a#1 shall leave deploy for a#8"));
        assertThat(story.running("deploy").size(), is(limit));
        assertThat(story.end("a#1"), contains("a#8 runs with deploy 1"));
    }

    @Test
    void cancelRunningCancelsAsManyAsItTakesAndNoMore() {
        fill(3, Behavior.CANCEL_RUNNING);
        assertThat(
                story.ask("a#8", Behavior.CANCEL_RUNNING, Story.slots("deploy", 2, 3)),
                contains("a#8 waits for deploy", "a#1 shall leave deploy for a#8", "a#2 shall leave deploy for a#8"));
        assertThat(story.end("a#2"), empty());
        assertThat(story.end("a#1"), contains("a#8 runs with deploy 1+2"));
    }

    @Test
    void cancelRunningTakesTheSlotThatTheSupersededOneHadCancelledFor() {
        fill(3, Behavior.CANCEL_RUNNING);
        story.ask("a#8", Behavior.CANCEL_RUNNING, claim("deploy", 3));
        assertThat(
                story.ask("a#9", Behavior.CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#8 superseded in deploy by a#9", "a#9 waits for deploy"));
        assertThat(story.end("a#1"), contains("a#9 runs with deploy 1"));
    }

    @Test
    void branchesOfOneBuildCancelOneEach() {
        fill(3, Behavior.CANCEL_RUNNING);
        assertThat(
                story.ask("a#8/x", Behavior.CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#8/x waits for deploy", "a#1 shall leave deploy for a#8"));
        assertThat(
                story.ask("a#8/y", Behavior.CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#8/y waits for deploy", "a#2 shall leave deploy for a#8"));
    }

    @Test
    void cancelRunningThatIsRefusedForAFullQueueCancelsNobody() {
        fill(1, Behavior.CANCEL_RUNNING);
        assertThat(
                story.ask(story.of("a#2", Behavior.CANCEL_RUNNING, claim("deploy", 1))
                        .withMaxQueued(0)),
                contains("a#2 queue full cancelled in deploy"));
    }

    @Test
    void theOldestIsTheOneWithTheLowestTicketNotTheOneThatCameInFirst() {
        story.declare("deploy", Policy.ofLimit(2).withOrder(Order.NEWEST_FIRST));
        fill(2, Behavior.QUEUE);
        story.ask("a#3", claim("deploy", 2));
        story.ask("a#4", claim("deploy", 2));
        story.end("a#1");
        story.end("a#2");
        assertThat(
                story.ask("a#5", Behavior.CANCEL_RUNNING, claim("deploy", 2)),
                contains("a#5 waits for deploy", "a#3 shall leave deploy for a#5"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void cancelFailAndSkipEndWithoutWaiting(int limit) {
        fill(limit, Behavior.CANCEL);
        assertThat(story.ask("a#7", Behavior.CANCEL, claim("deploy", limit)), contains("a#7 cancelled in deploy"));
        assertThat(story.ask("a#8", Behavior.FAIL, claim("deploy", limit)), contains("a#8 failed in deploy"));
        assertThat(story.ask("a#9", Behavior.SKIP, claim("deploy", limit)), contains("a#9 skipped in deploy"));
        assertThat(story.end("a#1"), empty());
        assertThat(story.ask("a#10", Behavior.SKIP, claim("deploy", limit)), contains("a#10 runs with deploy 1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "FAIL", "SKIP"})
    void whoDoesNotWaitDoesNotPassThoseWhoDo(Behavior behavior) {
        fill(2, Behavior.QUEUE);
        story.ask("a#3", Story.slots("deploy", 2, 2));
        story.end("a#1");
        assertThat(story.ask("a#4", behavior, claim("deploy", 2)).get(0).split(" runs").length, is(1));
        assertThat(story.waiting("deploy"), contains("a#3"));
    }
}
