package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EndTest {
    private final Story story = new Story();

    @Test
    void aSecondEndChangesNothing() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(story.end("a#1"), contains("a#2 runs with deploy 1"));
        assertThat(story.end("a#1"), empty());
        assertThat(story.running("deploy"), contains("a#2"));
    }

    @Test
    void whoeverLeavesTellsWhatItHadAndHowLongItWaitedAndRan() {
        Instant came = story.instant();
        story.ask("a#1", claim("deploy", 1));
        RequestKey first = story.key("a#1");
        long ticket = story.engine.find(first).orElseThrow().ticket();
        story.ask("a#2", claim("deploy", 1));
        story.pass(Duration.ofSeconds(5));
        assertThat(
                story.engine.end(first).get(0),
                is(new Effect.Left(
                        first,
                        Owner.build("a", 1),
                        ticket,
                        0,
                        came,
                        List.of(new Effect.Left.Part(group("deploy"), 1, 1)),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(5)),
                        Duration.ZERO)));
        story.ask("a#3", claim("deploy", 1));
        story.pass(Duration.ofSeconds(3));
        RequestKey waiting = story.key("a#3");
        long later = story.engine.find(waiting).orElseThrow().ticket();
        assertThat(
                story.engine.end(waiting),
                contains(new Effect.Left(
                        waiting,
                        Owner.build("a", 3),
                        later,
                        0,
                        came.plusSeconds(5),
                        List.of(),
                        Optional.of(group("deploy")),
                        Optional.empty(),
                        Duration.ofSeconds(3))));
    }

    @Test
    void aWaiterThatEndsTakesOnlyItselfOut() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(story.end("a#2"), empty());
        assertThat(story.running("deploy"), contains("a#1"));
        assertThat(story.waiting("deploy"), contains("a#3"));
    }

    @Test
    void whoIsWithdrawnWhileItWaitsHearsOfIt() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        assertThat(story.tell(story.engine.withdraw(story.key("a#2"))), contains("a#2 withdrawn in deploy"));
        assertThat(story.tell(story.engine.withdraw(story.key("a#2"))), empty());
    }

    @Test
    void whoWasGrantedBeforeItIsWithdrawnRuns() {
        story.ask("a#1", claim("deploy", 1));
        assertThat(story.tell(story.engine.withdraw(story.key("a#1"))), empty());
        assertThat(story.running("deploy"), contains("a#1"));
    }

    @Test
    void whatABuildHasAndWaitsForEndsWithIt() {
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#1/x", claim("db", 1));
        story.ask("b#1", claim("db", 1));
        story.ask("a#1/y", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        assertThat(
                story.endAll(Owner.build("a", 1)), containsInAnyOrder("b#1 runs with db 1", "a#2 runs with deploy 1"));
        assertThat(story.endAll(Owner.build("a", 1)), empty());
    }

    @Test
    void theEndOfABuildDoesNotEndTheQueueItemOfTheSameNumber() {
        story.ask("a~1", claim("deploy", 1));
        story.endAll(Owner.build("a", 1));
        assertThat(story.running("deploy"), contains("a~1"));
        story.endAll(Owner.queueItem("a", 1));
        assertThat(story.live(), empty());
    }

    @Test
    void aKeyThatLivesCannotBeUsedAgain() {
        story.ask("a#1", claim("deploy", 1));
        assertThrows(IllegalStateException.class, () -> story.ask("a#1", claim("deploy", 1)));
        assertThat(story.view("deploy").runningCount(), is(1));
    }

    @Test
    void nothingIsLeftWhenAllHaveEnded() {
        story.declare(Map.of(
                "declared", Policy.ofLimit(1).under(Story.group("all"), 0),
                "all", Policy.ofLimit(1)));
        for (Behavior behavior : Behavior.values()) {
            for (int i = 0; i < 3; i++) {
                story.ask(story.of(behavior + "#" + i, behavior, claim("declared", 1), claim("deploy", 1))
                        .withDeadline(story.instant().plusSeconds(i)));
            }
        }
        story.engine.overrideLimit(Story.group("deploy"), OptionalInt.of(3));
        story.engine.pause(Story.group("paused"), true);
        story.live().forEach(story.engine::end);
        story.engine.overrideLimit(Story.group("deploy"), OptionalInt.empty());
        story.engine.pause(Story.group("paused"), false);
        story.engine.declare(Map.of());
        assertThat(story.engine.groups(), empty());
        assertThat(story.live(), empty());
        assertThat(story.engine.nextDeadline(), is(Optional.empty()));
        assertThat(story.engine.groupsOf("QUEUE"), empty());
        assertThat(Leftovers.of(story.engine), empty());
    }
}
