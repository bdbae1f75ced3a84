package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.slots;
import static io.jenkins.plugins.concurrency.engine.Story.whole;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class SlotTest {
    private final Story story = new Story();

    @Test
    void theLowestFreeSlotsAreTaken() {
        for (int i = 1; i <= 5; i++) {
            story.ask("a#" + i, claim("deploy", 5));
        }
        story.end("a#4");
        story.end("a#2");
        assertThat(story.ask("b#1", slots("deploy", 2, 5)), contains("b#1 runs with deploy 2+4"));
        story.end("a#5");
        story.end("a#1");
        assertThat(story.ask("b#2", claim("deploy", 5)), contains("b#2 runs with deploy 1"));
        assertThat(story.ask("b#3", claim("deploy", 5)), contains("b#3 runs with deploy 5"));
    }

    @Test
    void aWideRequestKeepsItsPlaceAndLaterOnesDoNotPass() {
        story.ask("a#1", claim("deploy", 2));
        story.ask("wide#1", slots("deploy", 2, 2));
        assertThat(story.ask("a#2", claim("deploy", 2)), contains("a#2 waits for deploy"));
        assertThat(story.end("a#1"), contains("wide#1 runs with deploy 1+2"));
        assertThat(story.end("wide#1"), contains("a#2 runs with deploy 1"));
    }

    @Test
    void whoGivesUpItsPlaceLetsTheNextOnesIn() {
        story.ask("a#1", claim("deploy", 2));
        story.ask("wide#1", slots("deploy", 2, 2));
        story.ask("a#2", claim("deploy", 2));
        assertThat(story.end("wide#1"), contains("a#2 runs with deploy 2"));
    }

    @Test
    void exclusiveWaitsForAllAndSharedOnesWaitForIt() {
        story.ask("read#1", claim("db", 3));
        story.ask("read#2", claim("db", 3));
        assertThat(story.ask("write#1", whole("db", 3)), contains("write#1 waits for db"));
        assertThat(story.ask("read#3", claim("db", 3)), contains("read#3 waits for db"));
        assertThat(story.end("read#1"), empty());
        assertThat(story.end("read#2"), contains("write#1 runs with db whole"));
        assertThat(story.view("db").free(), is(0));
        assertThat(story.ask("read#4", claim("db", 3)), contains("read#4 waits for db"));
        assertThat(story.end("write#1"), contains("read#3 runs with db 1", "read#4 runs with db 2"));
    }

    @Test
    void twoExclusiveOnesTakeTurns() {
        story.ask("write#1", whole("db", 3));
        assertThat(story.ask("write#2", whole("db", 3)), contains("write#2 waits for db"));
        assertThat(story.end("write#1"), contains("write#2 runs with db whole"));
    }

    @Test
    void anExclusiveNewcomerThatCancelsRunningCancelsAll() {
        story.ask("a#1", claim("db", 3));
        story.ask("a#2", claim("db", 3));
        assertThat(
                story.ask("a#3", Behavior.CANCEL_RUNNING, whole("db", 3)),
                contains("a#3 waits for db", "a#1 shall leave db for a#3", "a#2 shall leave db for a#3"));
    }

    @Test
    void theHighestLimitCostsNothing() {
        int most = Integer.MAX_VALUE;
        story.ask("a#1", slots("deploy", 1000, most));
        assertThat(story.ask("b#1", whole("deploy", most)), contains("b#1 waits for deploy"));
        story.end("b#1");
        story.declare("deploy", Policy.ofLimit(most));
        assertThat(story.ask("a#2", claim("deploy", most)), contains("a#2 runs with deploy 1001"));
        assertThat(story.view("deploy").free(), is(most - 1001));
    }

    @Test
    void theLastOfAWideLeaseAndANarrowOneShareTheLimit() {
        story.ask("a#1", slots("deploy", 2, 3));
        story.ask("a#2", claim("deploy", 3));
        assertThat(story.view("deploy").used(), is(3));
        assertThat(story.ask("a#3", claim("deploy", 3)), contains("a#3 waits for deploy"));
    }
}
