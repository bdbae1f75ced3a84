package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Behavior.CANCEL_RUNNING;
import static io.jenkins.plugins.concurrency.engine.Behavior.QUEUE;
import static io.jenkins.plugins.concurrency.engine.Behavior.QUEUE_LATEST;
import static io.jenkins.plugins.concurrency.engine.Behavior.SKIP;
import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A queue item gives back what it had, and asks for it again later, in its old place. */
class AgainTest {
    private final Story story = new Story();
    private Instant since;
    private long ticket;

    /** {@code a~1} had a slot and gave it back, and {@code b#1} has it now. */
    @BeforeEach
    void giveBack() {
        story.pass(Duration.ofSeconds(1));
        since = story.instant();
        story.ask("a~1", claim("deploy", 1));
        ticket = story.engine.find(story.key("a~1")).orElseThrow().ticket();
        story.ask("b#1", claim("deploy", 1));
        story.pass(Duration.ofSeconds(1));
        story.end("a~1");
    }

    private List<String> ask(Request request) {
        return story.tell(story.engine.requestAgain(request, ticket, since));
    }

    private List<String> attempt(Request request) {
        return story.tell(story.engine.tryAgain(request, ticket, since));
    }

    private Request item(Behavior behavior, Claim... claims) {
        return story.of("a~1", behavior, claims);
    }

    @Test
    void whoAsksAgainWaitsInItsOldPlace() {
        story.ask("b#2", claim("deploy", 1));
        assertThat(ask(item(QUEUE, claim("deploy", 1))), contains("a~1 waits for deploy"));
        assertThat(story.waiting("deploy"), contains("a~1", "b#2"));
        RequestView view = story.engine.find(story.key("a~1")).orElseThrow();
        assertThat(view.ticket(), is(ticket));
        assertThat(view.since(), is(since));
        story.pass(Duration.ofSeconds(3));
        Effect.Granted granted =
                (Effect.Granted) story.engine.end(story.key("b#1")).get(1);
        assertThat(granted.ticket(), is(ticket));
        assertThat(granted.waited(), is(Duration.ofSeconds(4)));
    }

    @Test
    void whoAsksAgainForWhatIsFreeRunsThoughLaterOnesWait() {
        story.ask("b#2", slots("deploy", 2, 2));
        assertThat(ask(item(QUEUE, claim("deploy", 1))), contains("a~1 runs with deploy 2"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "FAIL", "SKIP"})
    void whoAsksAgainDoesWhatItsBehaviorSays(Behavior behavior) {
        assertThat(ask(item(behavior, claim("deploy", 1))).size(), is(1));
        assertThat(story.engine.isLive(story.key("a~1")), is(false));
    }

    @Test
    void aLimitThatAnOlderOneAsksForIsNotTheMostRecent() {
        story.ask("b#2", claim("deploy", 2));
        assertThat(ask(item(QUEUE, claim("deploy", 1))), contains("a~1 waits for deploy"));
        assertThat(story.view("deploy").limit(), is(2));
    }

    @Test
    void aLaterItemIsNewerThanOneThatAsksAgain() {
        story.ask("a~2", QUEUE_LATEST, claim("deploy", 1));
        assertThat(
                ask(item(QUEUE_LATEST, claim("deploy", 1))), contains("a~1 superseded in deploy by a (queue item 2)"));
    }

    @Test
    void behindTheClosedGateItIsANewcomerInItsOldPlace() {
        story.engine = Engine.recovering(story);
        story.ask("b#2", SKIP, claim("deploy", 1));
        assertThat(attempt(item(QUEUE, claim("deploy", 1))), empty());
        assertThat(ask(item(SKIP, claim("deploy", 1))), contains("a~1 waits for deploy"));
        assertThat(story.tell(story.engine.openGate()), contains("a~1 runs with deploy 1", "b#2 skipped in deploy"));
    }

    @Test
    void behindTheClosedGateALaterOneThatWaitedBeforeDoesNotPassItEither() {
        story.engine = Engine.recovering(story);
        story.engine.restore(story.of("b#1", QUEUE, claim("deploy", 1)), SavedState.waiting(ticket - 1, since));
        story.engine.restore(story.of("b#2", QUEUE, claim("deploy", 1)), SavedState.waiting(ticket + 1, since));
        ask(item(QUEUE, claim("deploy", 1)));
        story.ask("b#3", claim("deploy", 1));
        assertThat(
                story.tell(story.engine.openGate()),
                contains("b#1 runs with deploy 1", "a~1 waits for deploy", "b#3 waits for deploy"));
        assertThat(story.drain("deploy"), contains("b#1", "a~1", "b#2", "b#3"));
    }

    @Test
    void behindTheClosedGateItTakesWhatIsFreeBeforeALaterOneThatWaitedBefore() {
        story.engine = Engine.recovering(story);
        story.engine.restore(story.of("b#2", QUEUE, claim("deploy", 1)), SavedState.waiting(ticket + 1, since));
        ask(item(SKIP, claim("deploy", 1)));
        assertThat(story.tell(story.engine.openGate()), contains("a~1 runs with deploy 1"));
        assertThat(story.waiting("deploy"), contains("b#2"));
    }

    @Test
    void aNewTicketIsHigherThanAnyThatWasAskedForAgain() {
        ticket = 1_000_000_000L;
        ask(item(QUEUE, claim("deploy", 1)));
        story.ask("b#2", claim("deploy", 1));
        assertThat(story.waiting("deploy"), contains("a~1", "b#2"));
    }

    @Test
    void whoTriesTakesAllThatItWantsIfAllIsFree() {
        story.declare("deploy", Policy.ofLimit(2));
        story.ask("c#1", claim("test", 1));
        Request both = item(QUEUE, claim("deploy", 2), claim("test", 1));
        assertThat(attempt(both), empty());
        assertThat(story.view("deploy").used(), is(1));
        story.end("c#1");
        assertThat(attempt(both), contains("a~1 runs with deploy 2, test 1"));
    }

    @ParameterizedTest
    @EnumSource
    void whoTriesInVainChangesNothing(Behavior behavior) {
        story.ask("a#1", CANCEL_RUNNING, claim("deploy", 1));
        Map<String, Object> before = seen();
        assertThat(attempt(item(behavior, claim("test", 5), claim("deploy", 1))), empty());
        assertThat(seen(), is(before));
        Stream.of("a#1", "b#1").forEach(story::end);
        assertThat(Leftovers.of(story.engine), empty());
    }

    private Map<String, Object> seen() {
        return Map.of(
                "groups", story.engine.groups(), "deploy", story.view("deploy"), "of a", story.engine.ownersOf("a"));
    }

    @Test
    void whoTriesPassesNobody() {
        story.ask("c#1", slots("deploy", 2, 2));
        assertThat(attempt(item(QUEUE, claim("deploy", 2))), contains("a~1 runs with deploy 2"));
        story.end("a~1");
        story.engine.move(story.key("c#1"), Direction.TOP);
        assertThat(attempt(item(QUEUE, claim("deploy", 2))), empty());
        story.engine.pause(Story.group("test"), true);
        assertThat(attempt(item(QUEUE, claim("test", 2))), empty());
    }

    @Test
    void whoRaisesTheLimitGetsNothingByTryingWhileOthersWaitAndComesAfterThem() {
        story.ask("c#1", claim("test", 1));
        ticket = story.instant().toEpochMilli() + 500;
        story.pass(Duration.ofSeconds(1));
        story.ask("c#2", claim("test", Claim.ANY_LIMIT));
        assertThat(attempt(item(QUEUE, claim("test", 3))), empty());
        assertThat(
                ask(item(QUEUE, claim("test", 3))),
                contains("a~1 changes test from 1 to 3", "c#2 runs with test 2", "a~1 runs with test 3"));
    }

    @Test
    void whoRaisesTheLimitGetsAllByTryingIfNobodyWaits() {
        story.ask("c#1", claim("test", 1));
        ticket = story.instant().toEpochMilli() + 500;
        assertThat(
                attempt(item(QUEUE, claim("test", 3))),
                contains("a~1 changes test from 1 to 3", "a~1 runs with test 2"));
    }

    @Test
    void aRequestThatLivesOrAsksForTooMuchIsRefused() {
        Request running = story.of("b#1", QUEUE, claim("deploy", 1));
        assertThrows(IllegalStateException.class, () -> ask(running));
        assertThrows(IllegalStateException.class, () -> attempt(running));
        story.declare("deploy", Policy.ofLimit(2));
        Request wide = item(QUEUE, slots("deploy", 3, 3));
        assertThrows(InvalidRequestException.class, () -> ask(wide));
        assertThrows(InvalidRequestException.class, () -> attempt(wide));
        story.end("b#1");
        story.declare(Map.of());
        assertThat(Leftovers.of(story.engine), empty());
    }

    @Test
    void tryingInVainCostsTheSameHoweverManyWait() {
        Request request = item(QUEUE, claim("deploy", 1));
        long few = cost(request);
        for (int i = 0; i < 50_000; i++) {
            story.ask("w" + i % 1_000 + "#" + i, claim("deploy", 1));
        }
        assertThat(cost(request), lessThan(20 * few));
    }

    /** The least that many calls took, so that what else the machine does counts little. */
    private long cost(Request request) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                story.engine.tryAgain(request, ticket, since);
            }
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }
}
