package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByHandTest {
    private final Story story = new Story();

    private List<String> startNow(String who) {
        return story.tell(story.engine.startNow(story.key(who)));
    }

    private List<String> pause(boolean on) {
        return story.tell(story.engine.pause(Story.group("deploy"), on));
    }

    @Test
    void whoIsStartedByHandRunsOverTheLimitAndIsShownSo() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(startNow("a#3"), contains("a#3 runs with deploy 2 over the limit"));
        assertThat(story.engine.find(story.key("a#3")).orElseThrow().overLimit(), is(true));
        assertThat(story.view("deploy").used(), is(2));
        assertThat(story.view("deploy").free(), is(0));
    }

    @Test
    void nobodyElseGetsInBeforeTheExcessIsGone() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        startNow("a#3");
        assertThat(story.end("a#1"), empty());
        assertThat(story.end("a#3"), contains("a#2 runs with deploy 1"));
    }

    @Test
    void whoIsStartedByHandBesideAWholeHolderRunsOverTheLimit() {
        story.ask("a#1", Story.whole("deploy", 3));
        story.ask("a#2", claim("deploy", 3));
        assertThat(startNow("a#2"), contains("a#2 runs with deploy 2 over the limit"));
        assertThat(story.ask("a#3", claim("deploy", 3)), contains("a#3 waits for deploy"));
        assertThat(story.end("a#1"), contains("a#3 runs with deploy 1"));
    }

    @Test
    void whoIsStartedByHandGetsAllItsGroups() {
        story.ask("x#1", claim("one", 1), claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1), claim("three", 1));
        assertThat(startNow("a#1"), contains("a#1 runs with one 2, three 1, two 2 over the limit"));
    }

    @Test
    void cancelRunningCancelsAWholeHolderThatWasStartedByHandAndNobodyBesideIt() {
        story.ask("a#1", Behavior.CANCEL_RUNNING, claim("deploy", 3));
        story.ask("a#2", Behavior.QUEUE, Story.whole("deploy", 3));
        startNow("a#2");
        assertThat(
                story.ask("a#3", Behavior.CANCEL_RUNNING, claim("deploy", 3)),
                contains("a#3 waits for deploy", "a#2 shall leave deploy for a#3"));
        assertThat(story.end("a#2"), contains("a#3 runs with deploy 2"));
    }

    @Test
    void cancelRunningCancelsAllWhoStandInTheWayOfAWholeGroup() {
        story.ask("a#1", claim("deploy", 3));
        story.ask("a#2", Behavior.QUEUE, Story.whole("deploy", 3));
        startNow("a#2");
        assertThat(
                story.ask("a#3", Behavior.CANCEL_RUNNING, Story.whole("deploy", 3)),
                contains("a#3 waits for deploy", "a#1 shall leave deploy for a#3", "a#2 shall leave deploy for a#3"));
    }

    @Test
    void inAPausedGroupNobodyIsCancelledForANewcomer() {
        story.ask("a#1", claim("deploy", 1));
        pause(true);
        assertThat(story.ask("a#2", Behavior.CANCEL_RUNNING, claim("deploy", 1)), contains("a#2 waits for deploy"));
        assertThat(pause(false), empty());
        assertThat(story.end("a#1"), contains("a#2 runs with deploy 1"));
    }

    @Test
    void theOneAheadThatIsStartedByHandMakesWay() {
        story.ask("a#1", claim("deploy", 2));
        story.ask("wide#1", Story.slots("deploy", 2, 2));
        story.ask("other#1", claim("deploy", 2));
        assertThat(startNow("wide#1"), contains("wide#1 runs with deploy 2+3 over the limit"));
        story.end("wide#1");
        assertThat(story.running("deploy"), contains("a#1", "other#1"));
    }

    @Test
    void whoRunsOrHasEndedCannotBeStartedOrMoved() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(startNow("a#1"), empty());
        assertThat(story.tell(story.engine.move(story.key("a#1"), Direction.TOP)), empty());
        story.end("a#1");
        assertThat(startNow("a#1"), empty());
        assertThat(story.tell(story.engine.move(story.key("a#1"), Direction.TOP)), empty());
    }

    @Test
    void aPausedGroupGrantsNothingUntilItGoesOn() {
        assertThat(pause(true), empty());
        assertThat(story.ask("a#1", claim("deploy", 1)), contains("a#1 waits for deploy"));
        assertThat(story.ask("a#2", Behavior.SKIP, claim("deploy", 1)), contains("a#2 skipped in deploy"));
        assertThat(story.view("deploy").paused(), is(true));
        assertThat(pause(false), contains("a#1 runs with deploy 1"));
    }

    @Test
    void whoRunsInAGroupThatIsPausedGoesOn() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        pause(true);
        assertThat(story.running("deploy"), contains("a#1"));
        assertThat(story.end("a#1"), empty());
        assertThat(pause(false), contains("a#2 runs with deploy 1"));
    }

    @Test
    void whoIsStartedByHandInAPausedGroupWithAFreeSlotIsNotOverTheLimit() {
        pause(true);
        story.ask("a#1", claim("deploy", 1));
        assertThat(startNow("a#1"), contains("a#1 runs with deploy 1"));
    }

    @Test
    void aPauseIsKeptWhileNobodyUsesTheGroup() {
        pause(true);
        assertThat(story.engine.groups(), contains(Story.group("deploy")));
        pause(false);
        assertThat(story.engine.groups(), empty());
    }
}
