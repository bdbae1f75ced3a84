package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final Story story = new Story();

    private List<String> ask(String who, int seconds, Claim... claims) {
        return story.ask(story.of(who, Behavior.QUEUE, claims)
                .withDeadline(story.instant().plusSeconds(seconds)));
    }

    private List<String> expire() {
        return story.tell(story.engine.expire());
    }

    @Test
    void aWaiterEndsWhenItsDeadlineHasPassedAndNotBefore() {
        story.ask("a#1", claim("deploy", 1));
        ask("a#2", 20, claim("deploy", 1));
        ask("a#3", 10, claim("deploy", 1));
        story.pass(Duration.ofMillis(9_999));
        assertThat(expire(), empty());
        assertThat(story.engine.nextDeadline(), is(Optional.of(story.instant().plusMillis(1))));
        story.pass(Duration.ofMillis(1));
        assertThat(expire(), contains("a#3 expired in deploy"));
        story.pass(Duration.ofSeconds(10));
        assertThat(expire(), contains("a#2 expired in deploy"));
        assertThat(story.engine.nextDeadline(), is(Optional.empty()));
    }

    @Test
    void deadlinesPassInTheirOrder() {
        story.ask("a#1", claim("deploy", 1));
        ask("a#2", 20, claim("deploy", 1));
        ask("a#3", 10, claim("deploy", 1));
        ask("a#4", 10, claim("deploy", 1));
        story.pass(Duration.ofHours(1));
        assertThat(expire(), contains("a#3 expired in deploy", "a#4 expired in deploy", "a#2 expired in deploy"));
    }

    @Test
    void whoRunsHasNoDeadline() {
        ask("a#1", 10, claim("deploy", 1));
        ask("a#2", 10, claim("deploy", 1));
        story.end("a#1");
        story.pass(Duration.ofHours(1));
        assertThat(expire(), empty());
        assertThat(story.running("deploy"), contains("a#2"));
    }

    @Test
    void theDeadlineHoldsForTheWholeWaitNotForEachGroup() {
        story.ask("x#1", claim("one", 1));
        story.ask("y#1", claim("two", 1));
        ask("a#1", 10, claim("one", 1), claim("two", 1));
        story.pass(Duration.ofSeconds(9));
        story.end("x#1");
        story.ask("z#1", claim("one", 1));
        story.pass(Duration.ofSeconds(1));
        assertThat(expire(), contains("a#1 expired in two", "z#1 runs with one 1"));
    }

    @Test
    void aDeadlineThatEndsAWideRequestLetsThoseBehindItIn() {
        story.ask("a#1", claim("deploy", 2));
        ask("wide#1", 10, Story.slots("deploy", 2, 2));
        story.ask("a#2", claim("deploy", 2));
        story.pass(Duration.ofSeconds(10));
        assertThat(expire(), contains("wide#1 expired in deploy", "a#2 runs with deploy 2"));
    }
}
