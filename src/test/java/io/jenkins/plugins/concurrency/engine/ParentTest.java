package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParentTest {
    private final Story story = new Story();

    private void declare(int limit, int priorityOfB) {
        story.declare(Map.of(
                "a", Policy.ofLimit(2).under(group("all"), 0),
                "b", Policy.ofLimit(2).under(group("all"), priorityOfB),
                "all", Policy.ofLimit(limit)));
    }

    @Test
    void aChildTakesASlotOfItsParentToo() {
        declare(3, 0);
        assertThat(story.ask("x#1", claim("a", 2)), contains("x#1 runs with a 1, all 1"));
        assertThat(story.ask("y#1", claim("b", 2)), contains("y#1 runs with b 1, all 2"));
    }

    @Test
    void childrenTogetherStayWithinTheParentsLimit() {
        declare(3, 0);
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        story.ask("y#1", claim("b", 2));
        assertThat(story.ask("y#2", claim("b", 2)), contains("y#2 waits for all"));
        assertThat(story.end("x#1"), contains("y#2 runs with b 2, all 1"));
    }

    @Test
    void whoWaitsForItsChildDoesNotBlockOtherChildren() {
        declare(3, 0);
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        assertThat(story.ask("x#3", claim("a", 2)), contains("x#3 waits for a"));
        assertThat(story.ask("y#1", claim("b", 2)), contains("y#1 runs with b 1, all 3"));
    }

    @Test
    void aChildOfHigherPriorityGoesFirstInTheParentEvenBeforeARequestOfHigherPriority() {
        declare(1, 7);
        story.ask("x#1", claim("a", 2));
        story.ask(story.of("x#2", Behavior.QUEUE, claim("a", 2)).withPriority(99));
        story.ask("y#1", claim("b", 2));
        assertThat(story.waiting("all"), contains("y#1", "x#2"));
    }

    @Test
    void thePriorityOfAChildDoesNotCountInTheChildItself() {
        declare(3, 7);
        story.ask("y#1", claim("b", 2));
        story.ask("y#2", claim("b", 2));
        story.ask("y#3", claim("b", 2));
        story.ask(story.of("y#4", Behavior.QUEUE, claim("b", 2)).withPriority(1));
        assertThat(story.waiting("b"), contains("y#4", "y#3"));
    }

    @Test
    void aGrandparentIsTakenLast() {
        story.declare(Map.of(
                "z", Policy.ofLimit(9).under(group("y"), 0),
                "y", Policy.ofLimit(9).under(group("x"), 0),
                "x", Policy.ofLimit(1)));
        assertThat(story.ask("a#1", claim("z", 9)), contains("a#1 runs with z 1, y 1, x 1"));
        assertThat(story.ask("a#2", claim("y", 9)), contains("a#2 waits for x"));
    }

    @Test
    void aClaimOnTheParentItselfIsNotTakenTwice() {
        declare(3, 0);
        assertThat(story.ask("x#1", claim("a", 2), claim("all", 3)), contains("x#1 runs with a 1, all 1"));
    }

    @Test
    void asManySlotsOfTheParentAreTakenAsOfTheChildOrAllThatItHas() {
        declare(1, 0);
        assertThat(story.ask("x#1", Story.slots("a", 2, 2)), contains("x#1 runs with a 1+2, all 1"));
    }

    @Test
    void ofTheParentOfSeveralTheSumOfThemIsTaken() {
        declare(3, 0);
        assertThat(
                story.ask("x#1", claim("a", 2), Story.slots("b", 2, 2)),
                contains("x#1 runs with a 1, b 1+2, all 1+2+3"));
    }

    @Test
    void ofAGrandparentTheSumOfAllBelowItIsTaken() {
        story.declare(Map.of(
                "a", Policy.ofLimit(2).under(group("sub"), 0),
                "b", Policy.ofLimit(2).under(group("sub"), 0),
                "c", Policy.ofLimit(2).under(group("top"), 0),
                "sub", Policy.ofLimit(9).under(group("top"), 0),
                "top", Policy.ofLimit(9)));
        assertThat(
                story.ask("x#1", claim("a", 2), claim("b", 2), claim("c", 2)),
                contains("x#1 runs with a 1, b 1, c 1, sub 1+2, top 1+2+3"));
    }

    @Test
    void aClaimOnTheParentIsMetByWhatItsChildrenTakeOfIt() {
        declare(4, 0);
        assertThat(
                story.ask("x#1", claim("a", 2), claim("b", 2), claim("all", 4)),
                contains("x#1 runs with a 1, b 1, all 1+2"));
        story.end("x#1");
        assertThat(
                story.ask("x#2", claim("a", 2), claim("b", 2), Story.slots("all", 3, 4)),
                contains("x#2 runs with a 1, b 1, all 1+2+3"));
    }

    @Test
    void whoHasAParentAsAWholeStillHasItWhenItsChildIsTakenAway() {
        declare(3, 0);
        story.ask("x#1", claim("a", 2), Story.whole("all", 3));
        assertThat(story.view("all").running().get(0).slots(), contains(1));
        story.declare(Map.of("a", Policy.ofLimit(2), "all", Policy.ofLimit(3)));
        assertThat(story.ask("y#1", claim("all", 3)), contains("y#1 waits for all"));
    }

    @Test
    void childrenWhoseSumTheParentCanNeverHaveAreRefused() {
        declare(2, 0);
        Exception refused = assertThrows(
                InvalidRequestException.class, () -> story.ask("x#1", claim("a", 2), Story.slots("b", 2, 2)));
        assertThat(refused.getMessage(), containsString("Group 'all' has 2 slots, but 3 are requested"));
        assertThat(story.live(), empty());
    }

    @Test
    void aPriorityThatAChildIsGivenCountsForThoseWhoWait() {
        declare(1, 0);
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        story.ask("y#1", claim("b", 2));
        assertThat(story.waiting("all"), contains("x#2", "y#1"));
        declare(1, 7);
        assertThat(story.waiting("all"), contains("y#1", "x#2"));
        assertThat(story.end("x#1"), contains("y#1 runs with b 1, all 1"));
    }

    @Test
    void whoWasMovedStaysAheadOfThoseWhosePriorityIsRaised() {
        declare(1, 0);
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        story.ask("y#1", claim("b", 2));
        story.engine.move(story.key("x#2"), Direction.TOP);
        declare(1, 7);
        assertThat(story.waiting("all"), contains("x#2", "y#1"));
    }

    @Test
    void aParentThatAGroupIsGivenCountsWhatRuns() {
        story.declare("a", Policy.ofLimit(2));
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        declare(2, 0);
        assertThat(story.running("all"), contains("x#1", "x#2"));
        assertThat(story.ask("y#1", claim("b", 2)), contains("y#1 waits for all"));
        assertThat(story.end("x#1"), contains("y#1 runs with b 1, all 1"));
    }

    @Test
    void aParentThatAGroupIsGivenCountsWhatRunsEvenOverItsLimit() {
        story.declare("a", Policy.ofLimit(2));
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        declare(1, 0);
        assertThat(story.view("all").used(), is(2));
        story.ask("y#1", claim("b", 2));
        assertThat(story.end("x#1"), empty());
        assertThat(story.end("x#2"), contains("y#1 runs with b 1, all 1"));
    }

    @Test
    void aBlockInsideDoesNotWaitForAParentThatTheBlockAroundItHasNow() {
        story.ask("x#1", claim("a", 2));
        story.ask("y#1", claim("all", 1));
        story.ask(story.of("x#1/inner", Behavior.QUEUE, claim("all", 1)).inside(story.key("x#1")));
        assertThat(story.waiting("all"), contains("x#1/inner"));
        assertThat(
                story.declare(Map.of("a", Policy.ofLimit(2).under(group("all"), 0), "all", Policy.ofLimit(1))),
                contains("x#1/inner runs inside all"));
        assertThat(story.running("all"), contains("x#1", "y#1"));
    }

    @Test
    void aBlockInsideKeepsWhatItWasGrantedWhateverTheBlockAroundItIsGiven() {
        story.ask("x#1", claim("a", 2));
        Request inner = story.of("x#1/inner", Behavior.QUEUE, new Claim(group("all"), 1, true, 2));
        story.ask(inner.inside(story.key("x#1")));
        declare(2, 0);
        assertThat(story.running("all"), contains("x#1", "x#1/inner"));
        assertThat(story.ask("y#1", claim("b", 2)), contains("y#1 waits for all"));
    }

    @Test
    void whoWaitsTakesAParentThatItsGroupIsGivenMeanwhile() {
        story.declare("a", Policy.ofLimit(1));
        story.ask("x#1", claim("a", 1));
        story.ask("x#2", claim("a", 1));
        story.declare(Map.of("a", Policy.ofLimit(1).under(group("all"), 0), "all", Policy.ofLimit(3)));
        assertThat(story.waiting("a"), contains("x#2"));
        assertThat(story.end("x#1"), contains("x#2 runs with a 1, all 1"));
    }

    @Test
    void aParentThatIsTakenAwayCountsNothingAnyMore() {
        declare(1, 0);
        story.ask("x#1", claim("a", 2));
        story.ask("x#2", claim("a", 2));
        assertThat(
                story.declare(Map.of("a", Policy.ofLimit(2), "all", Policy.ofLimit(1))), contains("x#2 runs with a 2"));
        assertThat(story.view("all").used(), is(0));
    }

    @Test
    void aNewParentCountsWhatRunsOverARestartToo() {
        story.engine = Engine.recovering(story);
        declare(1, 0);
        story.engine.restore(
                story.of("x#1", Behavior.QUEUE, claim("a", 2)),
                SavedState.running(
                        1, story.instant(), story.instant(), List.of(new Grant(group("a"), List.of(2), false))));
        story.engine.openGate();
        assertThat(story.running("all"), contains("x#1"));
        assertThat(story.ask("y#1", claim("b", 2)), contains("y#1 waits for all"));
    }

    @Test
    void anOldParentCountsNothingAfterARestart() {
        story.engine = Engine.recovering(story);
        story.declare(Map.of("a", Policy.ofLimit(2), "all", Policy.ofLimit(1)));
        story.engine.restore(
                story.of("x#1", Behavior.QUEUE, claim("a", 2)),
                SavedState.running(
                        1,
                        story.instant(),
                        story.instant(),
                        List.of(new Grant(group("a"), List.of(2), false), new Grant(group("all"), List.of(1), false))));
        assertThat(story.view("all").used(), is(0));
        assertThat(story.running("a"), contains("x#1"));
    }

    @Test
    void parentsThatAreTurnedRoundWhileRequestsWaitMakeNoDeadlock() {
        story.declare(Map.of("a", Policy.ofLimit(2).under(group("b"), 0), "b", Policy.ofLimit(1)));
        story.ask("x#1", claim("b", 1));
        story.ask("x#2", claim("a", 1), claim("b", 1));
        assertThat(story.declare(Map.of("b", Policy.ofLimit(1).under(group("a"), 0), "a", Policy.ofLimit(1))), empty());
        assertThat(story.running("a"), contains("x#1"));
        story.ask("y#1", claim("b", 1));
        assertThat(story.end("x#1"), contains("x#2 runs with b 1, a 1"));
        assertThat(story.end("x#2"), contains("y#1 runs with b 1, a 1"));
    }

    @Test
    void aBlockInsideOneChildTakesNoSecondSlotOfTheParentForAnother() {
        declare(1, 0);
        story.ask("x#1", claim("a", 2));
        assertThat(
                story.ask(story.of("x#1/in", Behavior.FAIL, claim("b", 2)).inside(story.key("x#1"))),
                contains("x#1/in runs with b 1 inside all"));
    }

    @Test
    void whoeverRefusesToWaitTakesNothingOfTheChildIfTheParentIsFull() {
        declare(1, 0);
        story.ask("x#1", claim("a", 2));
        assertThat(story.ask("y#1", Behavior.FAIL, claim("b", 2)), contains("y#1 failed in all"));
        assertThat(story.running("b"), empty());
    }

    @Test
    void aGroupThatWouldBeItsOwnAncestorIsRefusedAndChangesNothing() {
        Map<String, Policy> circle = Map.of(
                "a", Policy.ofLimit(1).under(group("b"), 0),
                "b", Policy.ofLimit(1).under(group("a"), 0));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> story.declare(circle));
        assertThat(refused.getMessage(), containsString("parent"));
        assertThat(story.engine.groups(), empty());
    }

    @Test
    void aGroupWhoseParentIsNotDeclaredIsRefused() {
        // An undeclared name is free for a group that is moved there, such as a child, whose own ancestor it would be
        // then.
        Map<String, Policy> orphan = Map.of("a", Policy.ofLimit(1).under(group("b"), 0));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> story.declare(orphan));
        assertThat(refused.getMessage(), containsString("'b', the parent of 'a', is not declared"));
        assertThat(story.engine.groups(), empty());
    }
}
