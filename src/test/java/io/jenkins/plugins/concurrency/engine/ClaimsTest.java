package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {
    private final Story story = new Story();

    private static Claim in(Scope scope, String context, String name) {
        return Claim.of(new GroupKey(scope, context, name), 1);
    }

    @Test
    void theNarrowestScopeIsTakenFirst() {
        assertThat(
                story.ask(
                        "a#1",
                        in(Scope.CONTROLLER, "", "e"),
                        in(Scope.FOLDER, "", "d"),
                        in(Scope.JOB, "a", "c"),
                        in(Scope.UPSTREAM, "a#1", "b"),
                        in(Scope.BUILD, "a#1", "a")),
                contains("a#1 runs with a 1, b 1, c 1, d 1, e 1"));
    }

    @Test
    void claimsAreTakenInTheSameOrderHoweverTheyAreWritten() {
        story.ask("x#1", claim("two", 1));
        story.ask("a#1", claim("two", 1), claim("one", 1));
        assertThat(story.ask("b#1", claim("one", 1), claim("two", 1)), contains("b#1 waits for one"));
        assertThat(story.end("x#1"), contains("a#1 runs with one 1, two 1"));
        assertThat(story.end("a#1"), contains("b#1 runs with one 1, two 1"));
    }

    @Test
    void whatItHasIsKeptWhileItWaitsForTheNext() {
        story.ask("x#1", claim("two", 1));
        assertThat(story.ask("a#1", claim("one", 1), claim("two", 1)), contains("a#1 waits for two"));
        assertThat(story.ask("b#1", claim("one", 1)), contains("b#1 waits for one"));
        assertThat(story.view("one").runningCount(), is(1));
        assertThat(story.end("a#1"), contains("b#1 runs with one 1"));
    }

    @Test
    void whoWaitsForItsNarrowGroupDoesNotBlockOthersInTheWideOne() {
        story.ask("a#1", in(Scope.JOB, "a", "own"), in(Scope.CONTROLLER, "", "all"));
        story.end("a#1");
        story.ask("a#2", in(Scope.JOB, "a", "own"));
        assertThat(
                story.ask("a#3", in(Scope.CONTROLLER, "", "all"), in(Scope.JOB, "a", "own")),
                contains("a#3 waits for own"));
        assertThat(story.ask("b#1", in(Scope.CONTROLLER, "", "all")), contains("b#1 runs with all 1"));
    }

    @ParameterizedTest
    @CsvSource({"CANCEL,cancelled", "FAIL,failed", "SKIP,skipped"})
    void whoDoesNotWaitTakesAllOrNothing(Behavior behavior, String end) {
        story.ask("x#1", claim("two", 1));
        assertThat(story.ask("a#1", behavior, claim("one", 1), claim("two", 1)), contains("a#1 " + end + " in two"));
        assertThat(story.ask("b#1", claim("one", 1)), contains("b#1 runs with one 1"));
        story.end("b#1");
        story.end("x#1");
        assertThat(
                story.ask("a#2", behavior, claim("one", 1), claim("two", 1)), contains("a#2 runs with one 1, two 1"));
    }

    @Test
    void aRefusalSaysTheFirstGroupThatIsNotFree() {
        story.ask("x#1", claim("one", 1));
        story.ask("y#1", claim("two", 1));
        assertThat(story.ask("a#1", Behavior.FAIL, claim("two", 1), claim("one", 1)), contains("a#1 failed in one"));
    }

    @Test
    void anEarlierRequestThatComesToAGroupLateGoesBeforeLaterOnes() {
        story.ask("x#1", claim("one", 1));
        story.ask("y#1", claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1));
        story.ask("b#1", claim("two", 1));
        assertThat(story.end("x#1"), contains("a#1 waits for two"));
        assertThat(story.end("y#1"), contains("a#1 runs with one 1, two 1"));
        assertThat(story.end("a#1"), contains("b#1 runs with two 1"));
    }

    @Test
    void aRequestIsSeenInTheGroupThatItWaitsIn() {
        story.ask("x#1", claim("two", 1));
        story.ask("y#1", claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1));
        RequestView view = story.engine.find(story.key("a#1")).orElseThrow();
        assertThat(view.waitingIn().orElseThrow(), is(Story.group("two")));
        assertThat(view.place(), is(2));
        assertThat(story.running("one"), contains("a#1"));
        assertThat(story.waiting("two"), contains("y#1", "a#1"));
    }

    @Test
    void allGroupsWaitedForAreServedInOneGo() {
        story.ask("x#1", claim("one", 1), claim("two", 1));
        story.ask("a#1", claim("one", 1), claim("two", 1));
        story.ask("b#1", claim("two", 1));
        assertThat(story.end("x#1"), contains("a#1 runs with one 1, two 1"));
    }
}
