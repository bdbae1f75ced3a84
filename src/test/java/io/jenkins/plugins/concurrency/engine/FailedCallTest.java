package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that throws has changed nothing. */
class FailedCallTest {
    private final Story story = new Story();

    /** A clock that works so many times, and then throws. */
    private static final class Stopping implements InstantSource {
        int left = Integer.MAX_VALUE;

        @Override
        public Instant instant() {
            if (left-- <= 0) {
                throw new IllegalStateException("the clock has stopped");
            }
            return Instant.ofEpochMilli(5);
        }
    }

    static Stream<Consumer<Story>> calls() {
        return Stream.of(
                story -> story.ask("b#1", claim("deploy", 2)),
                story -> story.ask("b#1", Behavior.CANCEL_RUNNING, claim("deploy", 2), claim("new", 1)),
                story -> story.end("a#1"),
                story -> story.engine.withdraw(story.key("a#2")),
                story -> story.engine.startNow(story.key("a#2")),
                story -> story.engine.changeLimit(story.key("a#2"), 2),
                story -> story.engine.pause(Story.group("other"), true),
                story -> story.declare("deploy", Policy.ofLimit(2)),
                story -> story.engine.expire(),
                story -> story.engine.requestAgain(
                        story.of("b#1", Behavior.QUEUE, claim("deploy", 2)), 1, Instant.EPOCH),
                story -> story.engine.tryAgain(story.of("b#1", Behavior.QUEUE, claim("new", 2)), 1, Instant.EPOCH),
                story -> story.engine.restore(
                        story.of("b#1", Behavior.QUEUE, claim("new", 2)), SavedState.waiting(9, Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aClockThatThrowsLeavesAllAsItWas(Consumer<Story> call) {
        Stopping clock = new Stopping();
        story.engine = Engine.open(clock);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        List<Object> before = seen();
        for (int left = 0; left < 5; left++) {
            clock.left = left;
            try {
                call.accept(story);
                break;
            } catch (IllegalStateException e) {
                clock.left = Integer.MAX_VALUE;
                assertThat(seen(), is(before));
            }
        }
        clock.left = Integer.MAX_VALUE;
        List.of("a#1", "a#2").forEach(story::end);
        story.declare(java.util.Map.of());
        story.engine.pause(Story.group("other"), false);
        Optional.ofNullable(story.key("b#1")).ifPresent(story.engine::end);
        assertThat(Leftovers.of(story.engine), empty());
    }

    private List<Object> seen() {
        return List.of(story.engine.groups(), story.view("deploy"), story.engine.owners());
    }

    @Test
    void aTimeBeyondAllNumbersIsTakenForTheNearest() {
        Request past = story.of("a#1", Behavior.QUEUE, claim("deploy", 1)).withDeadline(Instant.MIN);
        assertThat(story.tell(story.engine.requestAgain(past, 1, Instant.MIN)), contains("a#1 runs with deploy 1"));
        story.ask(story.of("a#2", Behavior.QUEUE, claim("deploy", 1)).withDeadline(Instant.MIN));
        story.ask(story.of("a#3", Behavior.QUEUE, claim("deploy", 1)).withDeadline(Instant.MAX));
        assertThat(story.tell(story.engine.expire()), contains("a#2 expired in deploy"));
        story.engine.restore(
                story.of("a#4", Behavior.QUEUE, claim("test", 1)),
                new SavedState(1, Instant.MAX, Optional.of(Instant.MIN), List.of(), false));
        assertThat(story.engine.isLive(story.key("a#4")), is(true));
    }

    @Test
    void aNullOwnerIsRefusedAndTheRequestKeepsItsOwn() {
        story.ask("a~1", claim("deploy", 1));
        assertThrows(NullPointerException.class, () -> story.engine.transfer(story.key("a~1"), null));
        assertThat(story.engine.requestsOf(Story.owner("a~1")), contains(story.key("a~1")));
        story.end("a~1");
        assertThat(Leftovers.of(story.engine), empty());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE})
    void aClockAtTheEndsOfTimeGrantsAndEndsAsAnyOther(long millis) {
        story.engine = Engine.open(InstantSource.fixed(Instant.ofEpochMilli(millis)));
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(story.engine.find(story.key("a#1")).orElseThrow().isRunning(), is(true));
        assertThat(story.drain("deploy"), contains("a#1", "a#2", "a#3"));
    }

    @Test
    void aPageBeforeTheFirstPlaceIsTheFirstPage() {
        story.ask("a#1", claim("deploy", 1));
        GroupView view = story.engine.group(Story.group("deploy"), -5, 2).orElseThrow();
        assertThat(view.running().size(), is(1));
        assertThat(
                story.engine.group(Story.group("deploy"), 0, -1).orElseThrow().running(), empty());
    }

    @Test
    void nullsAreRefusedBeforeAnythingIsChanged() {
        Request request = story.of("a#1", Behavior.QUEUE, claim("deploy", 1));
        assertThrows(NullPointerException.class, () -> story.engine.requestAgain(request, 1, null));
        assertThrows(NullPointerException.class, () -> story.engine.tryAgain(request, 1, null));
        assertThrows(NullPointerException.class, () -> story.engine.restore(request, null));
        assertThrows(NullPointerException.class, () -> SavedState.waiting(1, null));
        assertThrows(NullPointerException.class, () -> story.engine.pause(null, true));
        assertThrows(NullPointerException.class, () -> story.engine.overrideLimit(null, OptionalInt.of(1)));
        assertThrows(NullPointerException.class, () -> story.engine.relocate("a", null));
        Map<GroupKey, Policy> policies = new HashMap<>();
        policies.put(Story.group("first"), Policy.ofLimit(1));
        policies.put(Story.group("second"), null);
        assertThrows(NullPointerException.class, () -> story.engine.declare(policies));
        policies.put(null, policies.remove(Story.group("second")));
        assertThrows(NullPointerException.class, () -> story.engine.declare(policies));
        assertThrows(NullPointerException.class, () -> request.withDeadline(null));
        assertThat(Leftovers.of(story.engine), empty());
    }
}
