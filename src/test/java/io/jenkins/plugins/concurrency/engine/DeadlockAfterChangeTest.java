package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Circles that are there, although none of those in them has just lined up. */
class DeadlockAfterChangeTest {
    private final Story story = new Story();

    private List<String> inside(String outer, String who, Claim... claims) {
        return story.ask(story.of(who, Behavior.QUEUE, claims).inside(story.key(outer)));
    }

    @Test
    void aCircleThatACancellationWasToBreakIsBrokenIfWhatIsInsideOutlivesIt() {
        story.ask("a#1", Behavior.CANCEL_RUNNING, claim("own", 1));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("one", 1), claim("two", 1));
        story.ask("a#2", Behavior.CANCEL_RUNNING, claim("own", 1));
        assertThat(inside("b#1", "b#1/in", claim("one", 1)), contains("b#1/in waits for one"));
        assertThat(
                story.end("a#1"),
                contains("a#2 runs with own 1", "b#1/in deadlock in one: b#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void whoComesToAFairQueueMayPushOneOfItsJobBehindWhomItCannotWaitFor() {
        story.declare("one", Policy.ofLimit(2).withOrder(Order.FAIR));
        story.ask("a#1", claim("one", 2));
        story.ask("c#1", claim("one", 2));
        story.ask("b#1", claim("two", 1));
        inside("a#1", "a#1/in", claim("two", 1));
        inside("b#1", "b#1/in", claim("one", 2));
        story.ask("w#1", slots("one", 2, 2));
        assertThat(
                story.tell(story.engine.requestAgain(
                        story.of("b#2", Behavior.QUEUE, claim("one", 2)), 1, story.instant())),
                contains(
                        "b#2 waits for one",
                        "b#1/in deadlock in one: b#1 needs one of w#1, w#1 needs one of a#1, a#1 needs two of b#1"));
    }

    @Test
    void whoTookTheirClaimsInAnotherOrderBeforeARenameMayCloseACircle() {
        Claim db = Claim.of(new GroupKey(Scope.FOLDER, "shared", "db"), 1);
        story.ask("x#1", db);
        story.ask("a#1", deployIn("far/away"), db);
        story.engine.relocate("far/away", "near");
        story.ask(story.of("b#1", Behavior.QUEUE, deployIn("near"), db).withPriority(1));
        assertThat(
                story.end("x#1"),
                contains(
                        "b#1 waits for deploy",
                        "b#1 deadlock in deploy: b#1 needs deploy of a#1, a#1 needs db of b#1",
                        "a#1 runs with deploy 1, db 1"));
    }

    private static Claim deployIn(String folder) {
        return Claim.of(new GroupKey(Scope.FOLDER, folder, "deploy"), 1);
    }
}
