package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTest {
    private final Story story = new Story();

    private static Claim anyLimit(String group) {
        return claim(group, Claim.ANY_LIMIT);
    }

    private List<String> override(OptionalInt limit) {
        return story.tell(story.engine.overrideLimit(Story.group("deploy"), limit));
    }

    private void threeAskWithLimit1() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
    }

    @Test
    void aNewcomerThatRaisesTheLimitWakesThoseWhoWait() {
        threeAskWithLimit1();
        assertThat(
                story.ask("a#4", claim("deploy", 3)),
                contains(
                        "a#4 changes deploy from 1 to 3",
                        "a#2 runs with deploy 2",
                        "a#3 runs with deploy 3",
                        "a#4 waits for deploy"));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE,runs with deploy 4",
        "QUEUE_LATEST,runs with deploy 4",
        "CANCEL_RUNNING,runs with deploy 4",
        "FAIL,runs with deploy 4",
        "SKIP,runs with deploy 4"
    })
    void whoRaisesTheLimitComesAfterThoseWhomThatLetsIn(Behavior behavior, String becomes) {
        threeAskWithLimit1();
        assertThat(
                story.ask("a#4", behavior, claim("deploy", 5)),
                contains(
                        "a#4 changes deploy from 1 to 5",
                        "a#2 runs with deploy 2",
                        "a#3 runs with deploy 3",
                        "a#4 " + becomes));
    }

    @Test
    void whoRaisesTheLimitSupersedesOnlyThoseWhomThatDoesNotLetIn() {
        threeAskWithLimit1();
        assertThat(
                story.ask("a#4", Behavior.QUEUE_LATEST, claim("deploy", 2)),
                contains(
                        "a#4 changes deploy from 1 to 2",
                        "a#2 runs with deploy 2",
                        "a#3 superseded in deploy by a#4",
                        "a#4 waits for deploy"));
    }

    @Test
    void whoRaisesTheLimitComesAfterThemThoughItsPriorityIsHigher() {
        threeAskWithLimit1();
        assertThat(
                story.ask(story.of("a#4", Behavior.FAIL, claim("deploy", 3)).withPriority(9)),
                contains(
                        "a#4 changes deploy from 1 to 3",
                        "a#2 runs with deploy 2",
                        "a#3 runs with deploy 3",
                        "a#4 failed in deploy"));
    }

    @Test
    void aBoundedQueueDoesNotCountThoseWhomTheNewcomersLimitLetsIn() {
        threeAskWithLimit1();
        assertThat(
                story.ask(story.of("a#4", Behavior.QUEUE, claim("deploy", 3)).withMaxQueued(1)),
                contains(
                        "a#4 changes deploy from 1 to 3",
                        "a#2 runs with deploy 2",
                        "a#3 runs with deploy 3",
                        "a#4 waits for deploy"));
    }

    @Test
    void aNewcomerThatLowersTheLimitLetsRunnersFinish() {
        story.ask("a#1", claim("deploy", 2));
        story.ask("a#2", claim("deploy", 2));
        assertThat(
                story.ask("a#3", claim("deploy", 1)),
                contains("a#3 changes deploy from 2 to 1", "a#3 waits for deploy"));
        assertThat(story.view("deploy").used(), is(2));
        assertThat(story.end("a#2"), empty());
        assertThat(story.end("a#1"), contains("a#3 runs with deploy 1"));
    }

    private List<String> change(String who, int limit) {
        return story.tell(story.engine.changeLimit(story.key(who), limit));
    }

    @Test
    void whoWaitsCanGiveAnotherLimitThanNewerOnesDidAndKeepsItsPlace() {
        threeAskWithLimit1();
        story.ask("b#1", Behavior.FAIL, claim("deploy", 1));
        assertThat(change("a#3", 2), contains("a#3 changes deploy from 1 to 2", "a#2 runs with deploy 2"));
        assertThat(story.view("deploy").disputed(), is(true));
        assertThat(change("a#2", 1), contains("a#2 changes deploy from 2 to 1"));
        assertThat(change("a#2", 1), empty());
        assertThat(story.ask("a#4", anyLimit("deploy")), contains("a#4 waits for deploy"));
        assertThat(story.waiting("deploy"), contains("a#3", "a#4"));
    }

    @Test
    void whoGivesALimitBelowWhatItWantsWantsAsMuchAsThereIs() {
        story.ask("a#1", claim("deploy", 3));
        story.ask("a#2", Story.slots("deploy", 3, 3));
        assertThat(change("a#2", 2), contains("a#2 changes deploy from 3 to 2"));
        assertThat(story.end("a#1"), contains("a#2 runs with deploy 1+2"));
    }

    @Test
    void whoWantsFewerSlotsNowGetsInWhereTheyAreFree() {
        story.declare("deploy", Policy.ofLimit(3));
        story.ask("a#1", claim("deploy", 3));
        story.ask("a#2", Story.slots("deploy", 3, 3));
        assertThat(change("a#2", 2), contains("a#2 runs with deploy 2+3"));
    }

    @Test
    void whoGivesNoLimitGivesNoneLaterAndNobodyGivesOneOfNothing() {
        story.ask("a#1", anyLimit("deploy"));
        assertThat(change("a#1", 2), empty());
        assertThat(story.view("deploy").limit(), is(Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> change("a#1", 0));
        story.end("a#1");
        assertThat(change("a#1", 2), empty());
    }

    @Test
    void aRequestThatLeavesTheLimitToOthersChangesNothing() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(story.ask("a#2", anyLimit("deploy")), contains("a#2 waits for deploy"));
    }

    @Test
    void theMostRecentRequestCountsEvenWhenItHasEnded() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", Behavior.QUEUE, claim("deploy", 3));
        story.end("a#3");
        assertThat(story.view("deploy").limit(), is(3));
    }

    @Test
    void aGroupThatNobodyUsesForgetsItsLimit() {
        story.ask("a#1", claim("deploy", 1));
        story.end("a#1");
        assertThat(story.ask("a#2", claim("deploy", 3)), contains("a#2 runs with deploy 1"));
    }

    @Test
    void aRequestThatDisagreesWithALiveOneIsShownAsSuch() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(story.view("deploy").disputed(), is(false));
        story.ask("b#1", claim("deploy", 2));
        assertThat(story.view("deploy").disputed(), is(true));
        story.end("a#1");
        assertThat(story.view("deploy").disputed(), is(false));
    }

    @Test
    void anOldRequestThatComesBackAfterARestartDoesNotChangeTheLimit() {
        story.engine = Engine.recovering(story);
        story.engine.restore(
                story.of("a#2", Behavior.QUEUE, claim("deploy", 3)), SavedState.waiting(2, story.instant()));
        List<Effect> old = story.engine.restore(
                story.of("a#1", Behavior.QUEUE, claim("deploy", 1)), SavedState.waiting(1, story.instant()));
        assertThat(story.tell(old), contains("a#1 waits for deploy"));
        assertThat(story.view("deploy").limit(), is(3));
    }

    @Test
    void theDeclaredLimitWinsOverWhatRequestsSay() {
        story.declare("deploy", Policy.ofLimit(1));
        story.ask("a#1", claim("deploy", 9));
        assertThat(story.ask("a#2", claim("deploy", 9)), contains("a#2 waits for deploy"));
        assertThat(story.view("deploy").disputed(), is(false));
    }

    @Test
    void aDeclarationThatRaisesTheLimitWakesThoseWhoWait() {
        threeAskWithLimit1();
        assertThat(story.declare("deploy", Policy.ofLimit(2)), contains("a#2 runs with deploy 2"));
        assertThat(story.declare("deploy", Policy.ofLimit(1)), empty());
        assertThat(story.end("a#1"), empty());
        assertThat(story.end("a#2"), contains("a#3 runs with deploy 1"));
    }

    @Test
    void whoWaitsGoesOnUnderWhatRequestsSayWhenTheDeclarationIsRemoved() {
        story.declare("deploy", Policy.ofLimit(1));
        story.ask("a#1", claim("deploy", 2));
        story.ask("a#2", claim("deploy", 2));
        story.ask("a#3", claim("deploy", 2));
        assertThat(story.declare(Map.of()), contains("a#2 runs with deploy 2"));
        assertThat(story.end("a#1"), contains("a#3 runs with deploy 1"));
    }

    @Test
    void aGroupThatIsNoLongerLimitedByAnybodyLetsAllIn() {
        story.declare("deploy", Policy.ofLimit(1));
        story.ask("a#1", anyLimit("deploy"));
        story.ask("a#2", anyLimit("deploy"));
        assertThat(story.declare(Map.of()), contains("a#2 runs with deploy 2"));
    }

    @Test
    void aWideRequestOfAGroupThatHasLessNowTakesAllOfIt() {
        story.ask("a#1", claim("deploy", 3));
        story.ask("a#2", Story.slots("deploy", 3, 3));
        override(OptionalInt.of(2));
        assertThat(story.end("a#1"), contains("a#2 runs with deploy 1+2"));
    }

    @Test
    void anOverrideWinsOverTheDeclarationUntilItIsTakenBack() {
        story.declare("deploy", Policy.ofLimit(1));
        threeAskWithLimit1();
        assertThat(override(OptionalInt.of(2)), contains("a#2 runs with deploy 2"));
        assertThat(story.view("deploy").override(), is(OptionalInt.of(2)));
        assertThat(override(OptionalInt.empty()), empty());
        story.end("a#1");
        assertThat(story.end("a#2"), contains("a#3 runs with deploy 1"));
    }

    @Test
    void anOverrideOfAnAdHocGroupHoldsForNewcomersToo() {
        threeAskWithLimit1();
        override(OptionalInt.of(1));
        assertThat(story.ask("a#4", claim("deploy", 9)), contains("a#4 waits for deploy"));
        assertThat(story.view("deploy").limit(), is(1));
    }

    @Test
    void anOverrideIsKeptWhileNobodyUsesTheGroup() {
        override(OptionalInt.of(2));
        assertThat(story.engine.groups(), contains(Story.group("deploy")));
        override(OptionalInt.empty());
        assertThat(story.engine.groups(), empty());
    }

    @Test
    void anOverrideBelow1IsRefused() {
        assertThrows(IllegalArgumentException.class, () -> override(OptionalInt.of(0)));
        assertThat(story.engine.groups(), empty());
    }
}
