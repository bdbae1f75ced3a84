package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests whose builds cannot be reached for now. */
class SetAsideTest {
    private final Story story = new Story();
    private final SetAside aside = new SetAside(story.engine);

    private List<String> setAside(String... who) {
        return story.tell(aside.setAside(Stream.of(who).map(story::key).toList()));
    }

    private List<String> bringBack(String... who) {
        return story.tell(aside.bringBack(Stream.of(who).map(story::key).toList()));
    }

    @Test
    void nobodyWaitsBehindOneThatIsSetAside() {
        story.ask("a#1", slots("rig", 1, 2));
        story.ask("lost#1", slots("rig", 2, 2));
        story.ask("b#1", slots("rig", 1, 2));
        assertThat(setAside("lost#1"), contains("b#1 runs with rig 2"));
        assertThat(story.waiting("rig"), empty());
    }

    @Test
    void itComesBackToItsOldPlace() {
        story.ask("a#1", claim("rig", 1));
        story.ask("lost#1", claim("rig", 1));
        setAside("lost#1");
        story.ask("b#1", claim("rig", 1));
        assertThat(bringBack("lost#1"), contains("lost#1 waits for rig"));
        assertThat(story.waiting("rig"), contains("lost#1", "b#1"));
        assertThat(story.drain("rig"), contains("a#1", "lost#1", "b#1"));
    }

    @Test
    void aPlaceThatAPersonGaveItIsKeptToo() {
        story.ask("a#1", claim("rig", 1));
        story.ask("b#1", claim("rig", 1));
        story.ask("lost#1", claim("rig", 1));
        story.engine.move(story.key("lost#1"), Direction.TOP);
        setAside("lost#1");
        bringBack("lost#1");
        assertThat(story.waiting("rig"), contains("lost#1", "b#1"));
    }

    @Test
    void whatItKeptWhileItWaitedForTheRestIsFree() {
        story.ask("a#1", claim("two", 1));
        story.ask("lost#1", claim("one", 1), claim("two", 1));
        story.ask("b#1", claim("one", 1));
        assertThat(setAside("lost#1"), contains("b#1 runs with one 1"));
    }

    @Test
    void noneOfThoseThatAreSetAsideGetsWhatAnotherOneLeaves() {
        story.ask("a#1", slots("rig", 1, 2));
        story.ask("lost#1", slots("rig", 2, 2));
        story.ask("lost#2", slots("rig", 1, 2));
        assertThat(setAside("lost#1", "lost#2"), empty());
        assertThat(story.view("rig").free(), is(1));
    }

    @Test
    void ofThoseThatComeBackTogetherTheOneWithThePriorityGoesFirst() {
        story.ask("a#1", claim("rig", 1));
        story.ask("lost#1", claim("rig", 1));
        story.ask(story.of("lost#2", Behavior.QUEUE, claim("rig", 1)).withPriority(1));
        setAside("lost#1", "lost#2");
        story.end("a#1");
        assertThat(
                bringBack("lost#1", "lost#2"),
                contains("lost#1 waits for rig", "lost#2 waits for rig", "lost#2 runs with rig 1"));
    }

    @Test
    void oneThatComesBackSupersedesNobodyAndIsNotTurnedAway() {
        story.ask("a#1", claim("rig", 1));
        story.ask(story.of("lost#1", Behavior.QUEUE_LATEST, claim("rig", 1)).withMaxQueued(1));
        setAside("lost#1");
        story.ask("lost#0", claim("rig", 1));
        assertThat(bringBack("lost#1"), contains("lost#1 waits for rig"));
        assertThat(story.waiting("rig"), contains("lost#1", "lost#0"));
    }

    @Test
    void oneThatRunsIsNotSetAside() {
        story.ask("a#1", claim("rig", 1));
        assertThat(setAside("a#1"), empty());
        assertThat(aside.all(), empty());
        assertThat(story.running("rig"), contains("a#1"));
    }

    @Test
    void itsDeadlinePassesMeanwhile() {
        story.ask("a#1", claim("rig", 1));
        story.ask(story.of("lost#1", Behavior.QUEUE, claim("rig", 1))
                .withDeadline(story.instant().plusSeconds(5)));
        setAside("lost#1");
        assertThat(aside.expire(), empty());
        story.pass(Duration.ofSeconds(5));
        assertThat(story.tell(aside.expire()), contains("lost#1 expired in rig"));
        assertThat(bringBack("lost#1"), empty());
    }

    @Test
    void whatEndsMeanwhileDoesNotComeBack() {
        story.ask("a#1", claim("rig", 1));
        story.ask("lost#1", claim("rig", 1));
        RequestView lost = story.engine.find(story.key("lost#1")).orElseThrow();
        setAside("lost#1");
        story.pass(Duration.ofSeconds(3));
        assertThat(
                aside.end(story.key("lost#1")),
                contains(new Effect.Left(
                        story.key("lost#1"),
                        Story.owner("lost#1"),
                        lost.ticket(),
                        0,
                        lost.since(),
                        List.of(),
                        Optional.of(group("rig")),
                        Optional.empty(),
                        Duration.ofSeconds(3))));
        assertThat(aside.end(story.key("lost#1")), empty());
        assertThat(bringBack("lost#1"), empty());
    }

    @Test
    void itFollowsItsJobAndItsQueueItem() {
        story.ask("a#1", claim("rig", 1));
        story.ask("lost~7", claim("rig", 1));
        setAside("lost~7");
        aside.relocate("lost", "found");
        aside.transfer(story.key("lost~7"), Owner.build("found", 3));
        assertThat(aside.find(story.key("lost~7")).orElseThrow().request().owner(), is(Owner.build("found", 3)));
    }

    @Test
    void anEngineThatRecoversSetsNobodyAside() {
        SetAside early = new SetAside(Engine.recovering(InstantSource.system()));
        assertThrows(IllegalStateException.class, () -> early.setAside(List.of()));
    }
}
