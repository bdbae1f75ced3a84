package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static io.jenkins.plugins.concurrency.engine.Story.whole;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeadlockTest {
    private final Story story = new Story();

    private List<String> inside(String outer, String who, Claim... claims) {
        return inside(outer, who, Behavior.QUEUE, claims);
    }

    private List<String> inside(String outer, String who, Behavior behavior, Claim... claims) {
        return story.ask(story.of(who, behavior, claims).inside(story.key(outer)));
    }

    @Test
    void theRequestThatWouldCloseTheCircleOfTwoBuildsEndsAndNamesIt() {
        story.ask("a#1", claim("one", 1));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        assertThat(
                inside("b#1", "b#1/in", claim("one", 1)),
                contains("b#1/in waits for one", "b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
        assertThat(story.end("b#1"), contains("a#1/in runs with two 1"));
    }

    @Test
    void aCircleOfThreeBuildsIsNamedWhole() {
        story.ask("a#1", claim("one", 1));
        story.ask("b#1", claim("two", 1));
        story.ask("c#1", claim("three", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("three", 1));
        assertThat(
                inside("c#1", "c#1/in", claim("one", 1)),
                hasItem("c#1/in deadlock in one: c#1 needs one of a#1, a#1 needs two of b#1, b#1 needs three of c#1"));
    }

    @Test
    void twoBranchesOfOneBuildCanFormACircleToo() {
        story.ask("a#1/x", claim("one", 1));
        story.ask("a#1/y", claim("two", 1));
        inside("a#1/x", "a#1/x/in", claim("two", 1));
        assertThat(
                inside("a#1/y", "a#1/y/in", claim("one", 1)),
                hasItem("a#1/y/in deadlock in one: a#1 needs one of a#1, a#1 needs two of a#1"));
    }

    @Test
    void whoWillComeFreeMakesNoCircle() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        assertThat(inside("b#1", "b#1/in", claim("one", 2)), contains("b#1/in waits for one"));
        assertThat(story.end("c#1"), contains("b#1/in runs with one 2"));
    }

    @Test
    void theCircleThatIsNamedGoesThroughWhoClosesIt() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
        assertThat(
                inside("c#1", "c#1/in", claim("two", 1)),
                hasItem("c#1/in deadlock in two: c#1 needs two of b#1, b#1 needs one of c#1"));
    }

    @Test
    void aWideRequestFromOutsideThatComesBetweenTwoClosesACircle() {
        story.declare("one", Policy.ofLimit(2));
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
        assertThat(
                story.ask(story.of("wide#1", Behavior.QUEUE, slots("one", 2, 2)).withPriority(1)),
                hasItem(
                        "wide#1 deadlock in one: wide#1 needs one of a#1, a#1 needs two of b#1, b#1 needs one of wide#1"));
    }

    @Test
    void partialHoldersOfOrderedClaimsMakeNoCircle() {
        story.ask("x#1", claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1));
        assertThat(story.ask("b#1", claim("two", 1), claim("one", 1)), contains("b#1 waits for one"));
    }

    @Test
    void aPartialHolderAndANestedBlockCanFormACircle() {
        story.ask("b#1", claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1));
        assertThat(
                inside("b#1", "b#1/in", claim("one", 1)),
                hasItem("b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void aCircleThroughAParentIsFound() {
        story.declare(java.util.Map.of(
                "child", Policy.ofLimit(5).under(Story.group("parent"), 0), "parent", Policy.ofLimit(1)));
        story.ask("a#1", claim("other", 1));
        story.ask("b#1", claim("child", 1));
        inside("a#1", "a#1/in", claim("child", 1));
        assertThat(
                inside("b#1", "b#1/in", claim("other", 1)),
                hasItem("b#1/in deadlock in other: b#1 needs other of a#1, a#1 needs parent of b#1"));
    }

    @Test
    void anExclusiveRequestInACircleIsFound() {
        story.ask("a#1", claim("one", 3));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        assertThat(
                inside("b#1", "b#1/in", whole("one", 3)),
                hasItem("b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void aCircleThatACancellationWillBreakIsNone() {
        story.ask("a#1", Behavior.CANCEL_RUNNING, claim("one", 1));
        story.ask("a#2", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        assertThat(
                inside("a#2", "a#2/in", Behavior.CANCEL_RUNNING, claim("one", 1)),
                contains("a#2/in waits for one", "a#1 shall leave one for a#2"));
    }

    @Test
    void aWideOneAheadThatACancellationWillEndMakesNoCircle() {
        story.ask("c#1", Behavior.CANCEL_RUNNING, claim("three", 1));
        story.ask("a#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("c#1", "c#1/in", whole("one", 2));
        story.ask("c#2", Behavior.CANCEL_RUNNING, claim("three", 1));
        assertThat(inside("b#1", "b#1/in", claim("one", 2)), contains("b#1/in waits for one"));
    }

    @Test
    void aCircleThatACancellationWouldNotBreakCancelsNobody() {
        story.ask("b#1", claim("one", 2));
        story.ask("a#1", claim("one", 2));
        story.ask("a#2", claim("two", 1));
        inside("b#1", "b#1/in", claim("two", 1));
        assertThat(
                inside("a#2", "a#2/in", Behavior.CANCEL_RUNNING, whole("one", 2)),
                contains("a#2/in waits for one", "a#2/in deadlock in one: a#2 needs one of b#1, b#1 needs two of a#2"));
    }

    @Test
    void aLimitThatIsLoweredByHandEndsTheNewestInTheCircleThatItCloses() {
        openCircle();
        assertThat(
                story.tell(story.engine.overrideLimit(Story.group("one"), OptionalInt.of(1))),
                contains("b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void aLimitThatANewcomerLowersEndsTheNewestInTheCircleNotTheNewcomer() {
        openCircle();
        assertThat(
                story.ask("new#1", claim("one", 1)),
                hasItems(
                        "new#1 changes one from 2 to 1",
                        "new#1 waits for one",
                        "b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
        story.end("c#1");
        assertThat(story.end("b#1"), contains("a#1/in runs with two 1"));
    }

    /** Held open by c#1, which will leave the second slot of one to b#1. */
    private void openCircle() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
    }

    @Test
    void aMoveThatClosesACircleEndsTheNewestOfThoseThatHoldSomething() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
        story.ask("wide#1", slots("one", 2, 2));
        assertThat(
                story.tell(story.engine.move(story.key("wide#1"), Direction.TOP)),
                contains(
                        "wide#1 moved to the front of one",
                        "b#1/in deadlock in one: b#1 needs one of wide#1, wide#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void thoseThatTakeTheirClaimsInOneOrderAreServedOneAfterTheOther() {
        story.ask("x#0", claim("b0", 1));
        for (int i = 1; i <= 50; i++) {
            story.ask("x#" + i, claim("a" + i, 1), claim("b0", 1));
        }
        assertThat(story.waiting("b0").size(), is(50));
        assertThat(story.end("x#0"), contains("x#1 runs with a1 1, b0 1"));
    }

    @Test
    void aWideOneAheadThatFitsBesideWhatIsHeldForGoodMakesNoCircle() {
        story.declare("pool", Policy.ofLimit(4));
        story.ask("a#1", claim("pool", 4));
        story.ask("b#1", claim("pool", 4));
        story.ask("c#1", claim("other", 1));
        inside("a#1", "a#1/in", claim("other", 1));
        story.ask("wide#1", slots("pool", 3, 4));
        assertThat(inside("c#1", "c#1/in", claim("pool", 4)), contains("c#1/in waits for pool"));
        assertThat(story.end("b#1"), contains("wide#1 runs with pool 2+3+4"));
        assertThat(story.end("wide#1"), contains("c#1/in runs with pool 2"));
    }

    @Test
    void aCircleThatIsOnlyThereAfterARestartIsBroken() {
        story.engine = Engine.recovering(story);
        Instant then = story.instant();
        restoreRunning("a#1", 1, claim("one", 1));
        restoreRunning("b#1", 2, claim("two", 1));
        story.engine.restore(
                story.of("a#1/in", Behavior.QUEUE, claim("two", 1)).inside(story.key("a#1")),
                SavedState.waiting(3, then));
        story.engine.restore(
                story.of("b#1/in", Behavior.QUEUE, claim("one", 1)).inside(story.key("b#1")),
                SavedState.waiting(4, then));
        assertThat(
                story.tell(story.engine.openGate()),
                contains("b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
    }

    private void restoreRunning(String who, long ticket, Claim claim) {
        Grant grant = new Grant(claim.group(), List.of(1), false);
        story.engine.restore(
                story.of(who, Behavior.QUEUE, claim),
                SavedState.running(ticket, story.instant(), story.instant(), List.of(grant)));
    }

    @Test
    void whoLeavesAFairQueueMayCloseACircleBehindIt() {
        story.declare("one", Policy.ofLimit(2).withOrder(Order.FAIR));
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        story.ask("b#2", claim("one", 2));
        story.ask("w#1", claim("one", 2));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
        story.ask("w#2", slots("one", 2, 2));
        assertThat(story.waiting("one"), contains("b#2", "w#1", "b#1/in", "w#2"));
        assertThat(
                story.end("w#1"),
                contains("b#1/in deadlock in one: b#1 needs one of w#2, w#2 needs one of a#1, a#1 needs two of b#1"));
    }
}
