package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A lease that does not end before another request is granted, which is not inside it. */
class StallTest {
    private final Story story = new Story();

    private List<String> stalling(String outer, String who, Claim... claims) {
        return story.ask(story.of(who, Behavior.QUEUE, claims).stalling(List.of(story.key(outer))));
    }

    @Test
    void aRequestThatWaitsForALeaseThatWaitsForItIsACircle() {
        story.ask("a#1", claim("one", 1));
        assertThat(
                stalling("a#1", "b#1", claim("one", 1)),
                contains("b#1 waits for one", "b#1 deadlock in one: b#1 needs one of a#1"));
    }

    @Test
    void itTakesASlotOfItsOwnWhereThereIsOne() {
        story.ask("a#1", claim("one", 2));
        assertThat(stalling("a#1", "b#1", claim("one", 2)), contains("b#1 runs with one 2"));
        assertThat(story.end("a#1"), empty());
    }

    @Test
    void itWaitsForWhatSomebodyElseWillGiveBack() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        assertThat(stalling("a#1", "b#1", claim("one", 2)), contains("b#1 waits for one"));
        assertThat(story.end("c#1"), contains("b#1 runs with one 2"));
    }

    @Test
    void aLimitThatIsLoweredMakesItACircle() {
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        stalling("a#1", "b#1", claim("one", 2));
        assertThat(story.ask("d#1", claim("one", 1)), hasItem("b#1 deadlock in one: b#1 needs one of a#1"));
    }

    @Test
    void theCircleMayGoThroughOthers() {
        story.ask("a#1", claim("one", 1));
        story.ask("c#1", claim("two", 1));
        assertThat(stalling("a#1", "b#1", claim("two", 1)), contains("b#1 waits for two"));
        assertThat(
                story.ask(story.of("c#1/in", Behavior.QUEUE, claim("one", 1)).inside(story.key("c#1"))),
                hasItem("c#1/in deadlock in one: c#1 needs one of a#1, b#1 needs two of c#1"));
    }
}
