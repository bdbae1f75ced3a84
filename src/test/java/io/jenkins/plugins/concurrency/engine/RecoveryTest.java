package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecoveryTest {
    private final Story story = new Story();

    @BeforeEach
    void restart() {
        story.engine = Engine.recovering(story);
    }

    private List<String> ran(String who, Behavior behavior, long ticket, Integer... slots) {
        Instant then = story.instant();
        return story.tell(story.engine.restore(
                story.of(who, behavior, claim("deploy", 2)),
                SavedState.running(
                        ticket, then, then, List.of(new Grant(group("deploy"), Arrays.asList(slots), false)))));
    }

    private List<String> waited(String who, Behavior behavior, long ticket) {
        return story.tell(story.engine.restore(
                story.of(who, behavior, claim("deploy", 2)), SavedState.waiting(ticket, story.instant())));
    }

    private List<String> openGate() {
        return story.tell(story.engine.openGate());
    }

    @Test
    void aTicketThatNoRequestEverHadIsRefusedAndChangesNothing() {
        for (long ticket : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}) {
            assertThrows(InvalidRequestException.class, () -> waited("a#1", Behavior.QUEUE, ticket));
            assertThrows(InvalidRequestException.class, () -> ran("a#1", Behavior.QUEUE, ticket, 1));
            assertThrows(
                    InvalidRequestException.class,
                    () -> story.engine.requestAgain(
                            story.of("a#1", Behavior.QUEUE, claim("deploy", 2)), ticket, story.instant()));
        }
        assertThat(Leftovers.of(story.engine), empty());
        waited("a#1", Behavior.QUEUE, 1L << 53);
        story.ask("a#2", claim("deploy", 2));
        story.ask("a#3", claim("deploy", 2));
        assertThat(openGate(), contains("a#1 runs with deploy 1", "a#2 runs with deploy 2", "a#3 waits for deploy"));
    }

    @Test
    void aSlotThatCannotBeIsRefusedAndChangesNothing() {
        for (int slot : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(InvalidRequestException.class, () -> ran("a#1", Behavior.QUEUE, 10, slot));
        }
        Integer[] many = java.util.stream.IntStream.rangeClosed(1, 1001).boxed().toArray(Integer[]::new);
        assertThrows(InvalidRequestException.class, () -> ran("a#1", Behavior.QUEUE, 10, many));
        assertThat(Leftovers.of(story.engine), empty());
    }

    @Test
    void aMovedWaiterKeepsItsPlaceOverARestart() {
        story.engine = Engine.open(story);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        Effect.Moved moved = (Effect.Moved)
                story.engine.move(story.key("a#3"), Direction.TOP).get(0);
        assertThat(story.waiting("deploy"), contains("a#3", "a#2"));
        restart();
        Instant then = story.instant();
        story.engine.restore(story.of("a#2", Behavior.QUEUE, claim("deploy", 1)), SavedState.waiting(20, then));
        story.engine.restore(
                story.of("a#3", Behavior.QUEUE, claim("deploy", 1)),
                SavedState.waiting(30, then).movedTo(moved.place()));
        assertThat(openGate(), contains("a#3 runs with deploy 1"));
        story.ask("a#4", claim("deploy", 1));
        story.engine.move(story.key("a#4"), Direction.TOP);
        assertThat(story.waiting("deploy"), contains("a#4", "a#2"));
    }

    @Test
    void whoIsMovedToTheFrontAfterARestartGoesBeforeWhoWasMovedThereBefore() {
        Instant then = story.instant();
        ran("x#1", Behavior.QUEUE, 10, 1, 2);
        MovedPlace front = new MovedPlace(group("deploy"), 7);
        story.engine.restore(
                story.of("a#1", Behavior.QUEUE, claim("deploy", 2)),
                SavedState.waiting(20, then).movedTo(front));
        waited("a#2", Behavior.QUEUE, 30);
        openGate();
        story.engine.move(story.key("a#2"), Direction.TOP);
        assertThat(story.waiting("deploy"), contains("a#2", "a#1"));
    }

    @Test
    void aMovedWaiterFindsItsPlaceInItsSecondGroupAfterARestart() {
        Instant then = story.instant();
        story.engine.restore(
                story.of("x#1", Behavior.QUEUE, claim("second", 1)),
                SavedState.running(1, then, then, List.of(new Grant(group("second"), List.of(1), false))));
        story.engine.restore(story.of("b#1", Behavior.QUEUE, claim("second", 1)), SavedState.waiting(2, then));
        story.engine.restore(
                story.of("a#1", Behavior.QUEUE, claim("first", 1), claim("second", 1)),
                SavedState.waiting(3, then).movedTo(new MovedPlace(group("second"), 7)));
        openGate();
        assertThat(story.waiting("second"), contains("a#1", "b#1"));
    }

    @Test
    void nothingIsGrantedBeforeTheGateOpens() {
        assertThat(story.engine.isGateOpen(), is(false));
        assertThat(story.ask("a#1", claim("deploy", 2)), contains("a#1 waits for deploy"));
        assertThat(openGate(), contains("a#1 runs with deploy 1"));
        assertThat(story.engine.isGateOpen(), is(true));
        assertThat(openGate(), empty());
    }

    @Test
    void theSameRunTheRestFollowInTheOldOrderWhateverTheOrderOfTheReports() {
        waited("a#5", Behavior.QUEUE, 50);
        assertThat(ran("a#2", Behavior.QUEUE, 20, 2), empty());
        waited("a#3", Behavior.QUEUE, 30);
        ran("a#1", Behavior.QUEUE, 10, 1);
        waited("a#4", Behavior.QUEUE, 40);
        assertThat(openGate(), empty());
        assertThat(story.running("deploy"), contains("a#1", "a#2"));
        assertThat(story.end("a#1"), contains("a#3 runs with deploy 1"));
        assertThat(story.waiting("deploy"), contains("a#4", "a#5"));
    }

    @Test
    void whoWasFirstGetsWhatCameFreeWhileNobodyLooked() {
        waited("a#4", Behavior.QUEUE, 40);
        ran("a#1", Behavior.QUEUE, 10, 2);
        waited("a#3", Behavior.QUEUE, 30);
        assertThat(openGate(), contains("a#3 runs with deploy 1"));
    }

    @Test
    void newcomersComeAfterThoseWhoWaitedWhateverTheirBehavior() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        story.ask("b#1", Behavior.FAIL, claim("deploy", 2));
        story.ask("b#2", Behavior.SKIP, claim("deploy", 2));
        waited("a#3", Behavior.QUEUE, 30);
        assertThat(openGate(), contains("a#3 runs with deploy 2", "b#1 failed in deploy", "b#2 skipped in deploy"));
    }

    @Test
    void aNewcomerThatCancelsDoesSoWhenTheGateOpens() {
        ran("a#1", Behavior.CANCEL_RUNNING, 10, 1);
        assertThat(story.ask("a#4", Behavior.CANCEL_RUNNING, claim("deploy", 2)), contains("a#4 waits for deploy"));
        ran("a#2", Behavior.CANCEL_RUNNING, 20, 2);
        waited("a#3", Behavior.CANCEL_RUNNING, 30);
        assertThat(
                openGate(),
                contains("a#3 superseded in deploy by a#4", "a#4 waits for deploy", "a#1 shall leave deploy for a#4"));
    }

    @Test
    void whoWaitedBeforeDoesItsBehaviorsWorkNoSecondTime() {
        ran("a#1", Behavior.CANCEL_RUNNING, 10, 1);
        ran("a#2", Behavior.CANCEL_RUNNING, 20, 2);
        waited("b#3", Behavior.QUEUE, 30);
        waited("a#4", Behavior.CANCEL_RUNNING, 40);
        assertThat(openGate(), empty());
    }

    @Test
    void aLeaseThatWasToldToLeaveStillIs() {
        Instant then = story.instant();
        story.engine.restore(
                story.of("a#1", Behavior.CANCEL_RUNNING, claim("deploy", 1)),
                new SavedState(
                        10, then, Optional.of(then), List.of(new Grant(group("deploy"), List.of(1), false)), true));
        openGate();
        assertThat(story.ask("a#2", Behavior.CANCEL_RUNNING, claim("deploy", 1)), contains("a#2 waits for deploy"));
    }

    @Test
    void leasesOverTheLimitAreAllPutBackAndNobodyGetsInBeforeTheyAreFewer() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        ran("a#2", Behavior.QUEUE, 20, 2);
        ran("a#3", Behavior.QUEUE, 30, 3);
        waited("a#4", Behavior.QUEUE, 40);
        assertThat(openGate(), empty());
        assertThat(story.view("deploy").used(), is(3));
        assertThat(story.end("a#1"), empty());
        assertThat(story.end("a#3"), contains("a#4 runs with deploy 1"));
    }

    @Test
    void theOldSlotNumbersAreKept() {
        ran("a#1", Behavior.QUEUE, 10, 2);
        assertThat(story.view("deploy").running().get(0).slots(), contains(2));
        openGate();
        assertThat(story.ask("a#2", claim("deploy", 2)), contains("a#2 runs with deploy 1"));
    }

    @Test
    void aSlotNumberThatTwoClaimIsGivenToTheFirst() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        ran("a#2", Behavior.QUEUE, 20, 1);
        assertThat(story.view("deploy").running().get(1).slots(), contains(2));
    }

    @Test
    @Timeout(10)
    void anAbsurdSlotNumberCostsNoMoreThanAnother() {
        story.declare("deploy", Policy.ofLimit(7));
        int last = 1_000_000_000;
        ran("a#1", Behavior.QUEUE, 10, last);
        ran("a#2", Behavior.QUEUE, 20, last, 5, last - 1, last, last);
        assertThat(story.view("deploy").running().get(0).slots(), contains(last));
        assertThat(story.view("deploy").running().get(1).slots(), contains(1, 5, last - 1, 2, 3));
        assertThat(story.view("deploy").used(), is(6));
        openGate();
        story.end("a#1");
        assertThat(story.ask("b#1", claim("deploy", 7)), contains("b#1 runs with deploy 4"));
        story.end("a#2");
        assertThat(story.ask("b#2", claim("deploy", 7)), contains("b#2 runs with deploy 1"));
        story.end("b#1");
        assertThat(story.ask("b#3", claim("deploy", 7)), contains("b#3 runs with deploy 2"));
    }

    @Test
    void aNewTicketIsHigherThanAnyThatWasPutBack() {
        waited("a#1", Behavior.QUEUE, 1_000_000_000L);
        story.ask("b#1", claim("deploy", 2));
        assertThat(story.waiting("deploy"), contains("a#1", "b#1"));
    }

    @Test
    void twoOfTheSameTicketAreBothServed() {
        story.ask("a#1", claim("deploy", 1));
        waited(
                "b#1",
                Behavior.QUEUE,
                story.engine.find(story.key("a#1")).orElseThrow().ticket());
        openGate();
        story.end("a#1");
        story.end("b#1");
        assertThat(story.engine.groups(), empty());
    }

    @Test
    void theJobsOfAFairQueueTakeTurnsByTheirTicketsWhateverTheOrderOfTheReports() {
        story.declare("deploy", Policy.ofLimit(1).withOrder(Order.FAIR));
        ran("x#1", Behavior.QUEUE, 1, 1);
        waited("c#1", Behavior.QUEUE, 40);
        waited("b#1", Behavior.QUEUE, 20);
        waited("a#2", Behavior.QUEUE, 30);
        waited("a#1", Behavior.QUEUE, 10);
        openGate();
        assertThat(story.waiting("deploy"), contains("a#1", "b#1", "c#1", "a#2"));
    }

    @Test
    void aLeaseOfAWholeGroupIsPutBackWhole() {
        Instant then = story.instant();
        story.engine.restore(
                story.of("a#1", Behavior.QUEUE, Story.whole("deploy", 2)),
                SavedState.running(10, then, then, List.of(new Grant(group("deploy"), List.of(1), true))));
        openGate();
        assertThat(story.ask("b#1", claim("deploy", 2)), contains("b#1 waits for deploy"));
    }

    @Test
    void aWaiterInsideALeaseTakesNothingMoreAfterTheRestartEither() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        assertThat(
                story.tell(story.engine.restore(
                        story.of("a#1/in", Behavior.QUEUE, claim("deploy", 2)).inside(story.key("a#1")),
                        SavedState.waiting(20, story.instant()))),
                contains("a#1/in runs inside deploy"));
    }

    @Test
    void theSlotOfAParentIsPutBackToo() {
        story.declare(Map.of("child", Policy.ofLimit(5).under(group("all"), 0), "all", Policy.ofLimit(1)));
        Instant then = story.instant();
        story.engine.restore(
                story.of("a#1", Behavior.QUEUE, claim("child", 5)),
                SavedState.running(
                        10,
                        then,
                        then,
                        List.of(
                                new Grant(group("child"), List.of(1), false),
                                new Grant(group("all"), List.of(1), false))));
        openGate();
        assertThat(story.ask("b#1", claim("child", 5)), contains("b#1 waits for all"));
    }

    @Test
    void whoEndsBehindTheClosedGateIsGoneWhenItOpens() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        ran("a#2", Behavior.QUEUE, 20, 2);
        waited("a#3", Behavior.QUEUE, 30);
        story.ask("b#1", claim("deploy", 2));
        assertThat(story.end("a#1"), empty());
        assertThat(story.end("b#1"), empty());
        assertThat(story.tell(story.engine.withdraw(story.key("a#3"))), contains("a#3 withdrawn in deploy"));
        assertThat(openGate(), empty());
        assertThat(story.end("a#2"), empty());
        assertThat(story.engine.groups(), empty());
    }

    @Test
    void aLimitThatIsLoweredBehindTheClosedGateBreaksNothing() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        story.ask("b#1", claim("one", 1));
        story.ask(story.of("a#1/in", Behavior.QUEUE, claim("one", 1)).inside(story.key("a#1")));
        story.ask(story.of("a#1/out", Behavior.QUEUE, claim("one", 1)).inside(story.key("a#1")));
        story.declare("one", Policy.ofLimit(1));
        assertThat(openGate(), contains("b#1 runs with one 1", "a#1/in waits for one", "a#1/out waits for one"));
    }

    @Test
    void aLiveRequestCannotBePutBackAgain() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        assertThrows(IllegalStateException.class, () -> waited("a#1", Behavior.QUEUE, 10));
    }

    /** The lease around it comes to hold the group that it waits for, as that is a parent now. */
    private List<String> whatItWaitsForIsAroundIt() {
        return story.declare(Map.of(
                "deploy", Policy.ofLimit(2).under(group("all"), 0),
                "all", Policy.ofLimit(5).under(group("top"), 0),
                "top", Policy.ofLimit(9)));
    }

    @Test
    void aNewcomerThatNeedsNothingAnyMoreRunsAtOnce() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        story.ask(story.of("a#1/in", Behavior.QUEUE, claim("all", 5)).inside(story.key("a#1")));
        assertThat(whatItWaitsForIsAroundIt(), contains("a#1/in runs inside all, top"));
        assertThat(openGate(), empty());
        assertThat(story.end("a#1/in"), empty());
    }

    @Test
    void aWaiterThatNeedsNothingAnyMoreRunsAtOnce() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        story.tell(story.engine.restore(
                story.of("a#1/in", Behavior.QUEUE, claim("all", 5)).inside(story.key("a#1")),
                SavedState.waiting(11, story.instant())));
        assertThat(whatItWaitsForIsAroundIt(), contains("a#1/in runs inside all, top"));
        assertThat(openGate(), empty());
        assertThat(story.end("a#1/in"), empty());
    }

    @Test
    void aNewcomerThatAPersonMovedToTheTopIsServedFirstWhenTheGateOpens() {
        ran("a#1", Behavior.QUEUE, 10, 1);
        story.tell(story.engine.restore(
                story.of("a#2", Behavior.QUEUE, Story.whole("deploy", 2)), SavedState.waiting(11, story.instant())));
        story.ask("b#1", claim("deploy", 2));
        story.engine.move(story.key("b#1"), Direction.TOP);
        assertThat(openGate(), contains("b#1 runs with deploy 2"));
        assertThat(story.waiting("deploy"), contains("a#2"));
    }
}
