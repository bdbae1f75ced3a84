package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.owner;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** A queue item becomes a build. */
class TransferTest {
    private final Story story = new Story();

    private void transfer(String item, String build) {
        story.engine.transfer(story.key(item), owner(build));
    }

    @Test
    void theBuildHasWhatItsQueueItemHad() {
        story.ask("a~7", claim("deploy", 1));
        assertThat(story.ask("a~8", claim("deploy", 1)), contains("a~8 waits for deploy"));
        transfer("a~7", "a#1");
        assertThat(story.view("deploy").used(), is(1));
        assertThat(story.engine.find(story.key("a~7")).orElseThrow().owner(), is(owner("a#1")));
        assertThat(story.endAll(owner("a~7")), empty());
        assertThat(story.endAll(owner("a#1")), contains("a~8 runs with deploy 1"));
        assertThat(story.engine.owners(), is(Set.of(owner("a~8"))));
    }

    @Test
    void itsBlocksCountAsOfTheSameBuild() {
        story.ask("a~7", claim("deploy", 1));
        transfer("a~7", "a#1");
        assertThat(story.ask("a#1/x", Behavior.CANCEL_RUNNING, claim("deploy", 1)), contains("a#1/x waits for deploy"));
        assertThat(story.engine.requestsOf(owner("a#1")), containsInAnyOrder(story.key("a~7"), story.key("a#1/x")));
    }

    @Test
    void eachOfSeveralRequestsOfAnItemCanGoOnByItself() {
        story.ask("a~7", claim("deploy", 1));
        story.ask("a~7/cap", claim("all", 1));
        story.ask("a~7/more", claim("more", 1));
        transfer("a~7/cap", "a#1");
        assertThat(story.engine.requestsOf(owner("a~7")), containsInAnyOrder(story.key("a~7"), story.key("a~7/more")));
        transfer("a~7", "a#1");
        transfer("a~7/more", "a#1");
        assertThat(story.engine.requestsOf(owner("a~7")), empty());
        story.endAll(owner("a#1"));
        assertThat(story.live(), empty());
    }

    @Test
    void whatEndedIsNotHandedOver() {
        story.ask("a~7", claim("deploy", 1));
        story.end("a~7");
        transfer("a~7", "a#1");
        assertThat(story.engine.owners(), empty());
    }
}
