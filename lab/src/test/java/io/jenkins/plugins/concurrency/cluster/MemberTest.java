package io.jenkins.plugins.concurrency.cluster;

import static io.jenkins.plugins.concurrency.cluster.SteppedController.POOL;
import static io.jenkins.plugins.concurrency.cluster.SteppedController.RIG;
import static io.jenkins.plugins.concurrency.cluster.SteppedController.key;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Controllers that share groups by a log in memory, each of which takes a step when the story says so. */
class MemberTest {

    private long millis = 1_000_000;
    /** How far the database's clock was set back. */
    private long back;

    private final MemoryRealm realm = new MemoryRealm(() -> millis - back);
    private final Map<String, SteppedController> controllers = new HashMap<>();

    private SteppedController start(String name) {
        SteppedController controller = new SteppedController(name, 1, realm, () -> millis);
        controllers.put(name, controller);
        settle();
        return controller;
    }

    private void settle() {
        for (int i = 0; i < 4; i++) {
            controllers.values().forEach(SteppedController::step);
        }
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 2000) {
            millis += Math.min(left, 2000);
            settle();
        }
    }

    @Test
    void oneGroupIsSharedByTwoControllersInOneOrder() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        a.ask(1, RIG);
        settle();
        b.ask(1, RIG);
        settle();
        a.ask(2, RIG);
        settle();
        assertThat(a.told, hasItem("run 1"));
        a.end(1);
        settle();
        assertThat(b.told, hasItem("run 1"));
        b.end(1);
        settle();
        assertThat(a.holding, contains(key("a", 2)));
        assertThat(a.fences.get(key("a", 2)), greaterThan(b.fences.get(key("b", 1))));
    }

    @Test
    void nobodyWaitsBehindALostController() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        SteppedController c = start("c");
        c.ask(1, RIG);
        settle();
        a.ask(1, RIG);
        settle();
        b.ask(1, RIG);
        settle();
        a.frozen = true;
        pass(Duration.ofSeconds(140));
        assertThat(b.told, hasItem("Lost"));
        c.end(1);
        settle();
        assertThat(b.holding, contains(key("b", 1)));
        b.ask(2, RIG);
        settle();
        a.frozen = false;
        settle();
        assertThat(a.told, hasItem("WasLost"));
        b.end(1);
        settle();
        assertThat("it has its old place", a.holding, contains(key("a", 1)));
        assertThat(b.holding, empty());
    }

    @Test
    void whatALostControllerHoldsStaysHeldOrIsGivenOnAsDeclared() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        a.ask(1, RIG);
        a.ask(2, POOL);
        settle();
        b.ask(1, RIG);
        b.ask(2, POOL);
        settle();
        a.frozen = true;
        pass(Duration.ofSeconds(140));
        assertThat(b.holding, contains(key("b", 2)));
        a.frozen = false;
        settle();
        assertThat(a.holding, contains(key("a", 1)));
        assertThat(a.told, hasItem("stop 2 CUT_OFF"));
    }

    @Test
    void aRestartedControllerHasWhatItHad() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        a.ask(1, RIG);
        a.ask(2, POOL);
        settle();
        b.ask(1, RIG);
        b.ask(2, POOL);
        settle();
        a.ask(3, POOL);
        settle();
        // The body of the pool's does not come back.
        a.holding.remove(key("a", 2));
        a.start(2);
        settle();
        assertThat(b.holding, contains(key("b", 2)));
        b.end(2);
        settle();
        assertThat(a.holding, contains(key("a", 1), key("a", 3)));
    }

    @Test
    void aGrantThatItDidNotHearOfIsToldAgain() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        b.ask(1, RIG);
        settle();
        a.ask(1, RIG);
        settle();
        a.frozen = true;
        b.end(1);
        settle();
        a.frozen = false;
        a.start(2);
        settle();
        assertThat(a.holding, contains(key("a", 1)));
        assertThat(a.fences.get(key("a", 1)), greaterThan(b.fences.get(key("b", 1))));
    }

    @Test
    void ofTwoProcessesWithOneNameTheFirstIsFencedOff() {
        SteppedController a = start("a");
        a.ask(1, RIG);
        settle();
        SteppedController clone = new SteppedController("a", 7, realm, () -> millis);
        controllers.put("clone", clone);
        settle();
        assertThat(a.told, hasItem("Fenced"));
        assertThat(a.told, hasItem("stop 1 FENCED"));
        CompletableFuture<Answer> late = a.ask(2, RIG);
        settle();
        assertThat(late.isCompletedExceptionally(), is(true));
        clone.ask(3, RIG);
        settle();
        assertThat(clone.holding, contains(key("a", 3)));
    }

    /** One of its threads sends, another one reads: after a freeze, the latter may be the first that goes on. */
    @Test
    void whatIsRefusedAsItsEpochIsOverDoesNotStopWhatIsSentInTheNext() {
        SteppedController a = start("a");
        start("b");
        a.ask(1, RIG);
        a.onTheWay = () -> {
            a.frozen = true;
            pass(Duration.ofSeconds(140));
            a.frozen = false;
            for (int i = 0; i < 4; i++) {
                a.member.turn();
            }
        };
        settle();
        assertThat(a.told, hasItem("WasLost"));
        assertThat(a.holding, contains(key("a", 1)));
        a.ask(2, POOL);
        settle();
        assertThat(a.holding, contains(key("a", 1), key("a", 2)));
    }

    @Test
    void itsOwnAttemptToJoinThatArrivesLateIsNoOtherProcess() throws Exception {
        SteppedController a = start("a");
        a.ask(1, RIG);
        settle();
        realm.join(new Introduction("a", "", "a1", Version.CURRENT, Duration.ofSeconds(120), 0));
        settle();
        assertThat(a.told, not(hasItem("Fenced")));
        a.ask(2, POOL);
        settle();
        assertThat(a.holding, contains(key("a", 1), key("a", 2)));
    }

    @Test
    void aDeadlineComesInTimeThoughTheClockOfTheDatabaseWasSetBack() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        a.ask(1, RIG);
        settle();
        Request request = Request.of(
                key("b", 1), Owner.build("job", 1), Behavior.QUEUE, new Claim(RIG, 1, false, Claim.ANY_LIMIT));
        b.ask(request.withDeadline(Instant.ofEpochMilli(millis).plusSeconds(20)));
        settle();
        back = Duration.ofHours(1).toMillis();
        pass(Duration.ofSeconds(10));
        assertThat(b.told, not(hasItem("ended 1")));
        long before = realm.head();
        pass(Duration.ofSeconds(20));
        assertThat(b.told, hasItem("ended 1"));
        assertThat("few entries were needed for that", realm.head() - before, lessThan(10L));
    }

    @Test
    void allReplicasAreTheSameAlsoOneMadeFromASnapshot() {
        SteppedController a = start("a");
        SteppedController b = start("b");
        for (int build = 1; build < 30; build++) {
            a.ask(build, RIG);
            b.ask(build, POOL);
            settle();
        }
        SteppedController c = start("c");
        a.end(1);
        settle();
        assertThat(c.member.replica().state(), is(a.member.replica().state()));
        assertThat(b.member.replica().state(), is(a.member.replica().state()));
        assertThat(
                StateCodec.encode(c.member.replica().state())
                        .hasSameHash(StateCodec.encode(a.member.replica().state())),
                is(true));
        assertThat(
                StateCodec.decode(StateCodec.encode(c.member.replica().state())),
                is(c.member.replica().state()));
    }
}
