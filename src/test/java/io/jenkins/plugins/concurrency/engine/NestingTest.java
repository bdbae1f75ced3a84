package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NestingTest {
    private final Story story = new Story();

    private List<String> inside(String outer, String who, Claim... claims) {
        return story.ask(story.of(who, Behavior.QUEUE, claims).inside(story.key(outer)));
    }

    @Test
    void aBlockInsideAnotherOfTheSameGroupTakesNothingMore() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(inside("a#1", "a#1/inner", claim("deploy", 1)), contains("a#1/inner runs inside deploy"));
        assertThat(story.view("deploy").used(), is(1));
        assertThat(story.end("a#1/inner"), empty());
        assertThat(story.view("deploy").used(), is(1));
    }

    @Test
    void anInnerBlockTakesOnlyTheGroupsThatNoneAroundItHolds() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(
                inside("a#1", "a#1/inner", claim("db", 1), claim("deploy", 1)),
                contains("a#1/inner runs with db 1 inside deploy"));
    }

    @Test
    void branchesAreSeparateRequests() {
        story.ask("a#1/x", claim("deploy", 1));
        assertThat(story.ask("a#1/y", claim("deploy", 1)), contains("a#1/y waits for deploy"));
        assertThat(story.end("a#1/x"), contains("a#1/y runs with deploy 1"));
    }

    @Test
    void branchesInsideOneBlockDoNotWaitForIt() {
        story.ask("a#1", claim("deploy", 1));
        inside("a#1", "a#1/x", claim("deploy", 1));
        assertThat(inside("a#1", "a#1/y", claim("deploy", 1)), contains("a#1/y runs inside deploy"));
    }

    @Test
    void anInnerBlockOfTheSameGroupDoesNotMindThoseWhoWait() {
        story.ask("a#1", claim("deploy", 2));
        story.ask("wide#1", slots("deploy", 2, 2));
        assertThat(inside("a#1", "a#1/inner", claim("deploy", 2)), contains("a#1/inner runs inside deploy"));
    }

    @Test
    void aBlockAroundThatHasEndedHoldsNothingForTheInnerOne() {
        story.ask("a#1", claim("deploy", 1));
        story.end("a#1");
        assertThat(inside("a#1", "a#1/inner", claim("deploy", 1)), contains("a#1/inner runs with deploy 1"));
    }

    @Test
    void aBlockTwoLevelsInsideTakesNothingMoreEither() {
        story.ask("a#1", claim("deploy", 1));
        inside("a#1", "a#1/x", claim("db", 1));
        assertThat(
                story.ask(story.of("a#1/y", Behavior.FAIL, claim("deploy", 1), claim("db", 1))
                        .inside(story.key("a#1"), story.key("a#1/x"))),
                contains("a#1/y runs inside db, deploy"));
    }

    @Test
    void aBlockThatTakesNothingIsLiveUntilItEnds() {
        story.ask("a#1", claim("deploy", 1));
        inside("a#1", "a#1/inner", claim("deploy", 1));
        assertThat(story.live().size(), is(2));
        assertThat(story.engine.find(story.key("a#1/inner")), is(Optional.empty()));
        assertThat(story.endAll(Story.owner("a#1")), empty());
        assertThat(story.live(), empty());
    }
}
