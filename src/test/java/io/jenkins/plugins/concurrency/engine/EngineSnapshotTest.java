package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That an engine made from one goes on as the other would is what {@link RandomHistory} tries, with engines that it swaps. */
class EngineSnapshotTest {
    private final Story story = new Story();

    @Test
    void theJobsKeepTheirTurns() {
        story.engine.declare(Map.of(group("rig"), Policy.ofLimit(1).withOrder(Order.FAIR)));
        story.ask("a#1", claim("rig", 1));
        story.ask("a#2", claim("rig", 1));
        story.ask("a#3", claim("rig", 1));
        story.ask("b#1", claim("rig", 1));
        // The turn is b's now, though a's next one is older.
        story.end("a#1");
        story.engine = EngineSnapshot.of(story.engine).restore(story);
        assertThat(story.drain("rig"), contains("a#2", "b#1", "a#3"));
    }

    @Test
    void theSameIsKnownWhateverTheWayThere() {
        Story other = new Story();
        other.ask("a#1", claim("rig", 1));
        other.ask("b#1", claim("rig", 1));
        story.ask("a#1", claim("rig", 1));
        story.ask("b#1", claim("rig", 1));
        story.engine = EngineSnapshot.of(story.engine).restore(story);
        assertThat(EngineSnapshot.of(story.engine), is(EngineSnapshot.of(other.engine)));
        story.end("b#1");
        assertThat(EngineSnapshot.of(story.engine), is(not(EngineSnapshot.of(other.engine))));
    }

    @Test
    void oneThatNoEngineMadeIsRefused() {
        story.ask("a#1", claim("rig", 1));
        EngineSnapshot real = EngineSnapshot.of(story.engine);
        EngineSnapshot.OfRequest twice = real.requests().get(0);
        EngineSnapshot wrong = new EngineSnapshot(
                real.lastTicket(), real.lastMove(), false, real.groups(), List.of(twice), List.of(twice.key()));
        assertThrows(InvalidRequestException.class, () -> wrong.restore(InstantSource.system()));
    }

    @Test
    void oneThatRecoversHasNone() {
        Engine recovering = Engine.recovering(InstantSource.system());
        assertThrows(IllegalStateException.class, () -> EngineSnapshot.of(recovering));
    }
}
