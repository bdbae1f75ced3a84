package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Controllers in one JVM that share groups by a real server. */
@ExtendWith(WithPostgres.class)
class SharedGroupsTest {
    private static final GroupKey RIG = new GroupKey(Scope.CONTROLLER, "", "rig");
    private static final long PATIENCE_SECONDS = 60;

    private final PostgresServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<SharedGroups> open = new ArrayList<>();

    SharedGroupsTest(PostgresServer server) {
        this.server = server;
    }

    private static final class Controller implements SharedGroupsListener {
        final BlockingQueue<News> news = new LinkedBlockingQueue<>();
        final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        SharedGroups groups;

        @Override
        public CompletionStage<Report> report() {
            return CompletableFuture.completedFuture(Report.empty());
        }

        @Override
        public void onNews(News told) {
            news.add(told);
        }

        @Override
        public void onEvent(Event event) {
            events.add(event);
        }

        <E extends Event> E await(Class<E> type) throws InterruptedException {
            for (Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    event != null;
                    event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
            }
            throw new AssertionError("no " + type);
        }

        News.Caused awaitGrant() throws InterruptedException {
            for (News told = news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    told != null;
                    told = news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                if (told instanceof News.Caused caused && caused.effect() instanceof Effect.Granted) {
                    return caused;
                }
            }
            throw new AssertionError("no grant");
        }

        RequestKey ask(long build, int slots) {
            RequestKey key = RequestKey.random();
            groups.submit(new Call.Ask(Request.of(
                    key, Owner.build("job", build), Behavior.QUEUE, new Claim(RIG, slots, false, Claim.ANY_LIMIT))));
            return key;
        }
    }

    @BeforeEach
    void createRealm() throws SQLException {
        server.newRealm("port_test");
    }

    @AfterEach
    void close() {
        open.forEach(SharedGroups::close);
        executor.shutdownNow();
    }

    private Controller start(String name, int limit) throws InterruptedException {
        return start(name, limit, Duration.ofSeconds(6));
    }

    private Controller start(String name, int limit, Duration lostAfter) throws InterruptedException {
        Controller controller = new Controller();
        controller.groups = SharedGroups.start(
                SharedGroupsSettings.of(name).lostAfter(lostAfter),
                server.dataSource(),
                "port_test",
                controller,
                executor);
        open.add(controller.groups);
        controller.groups.submit(new Call.Declare(Map.of(RIG, new SharedPolicy(Policy.ofLimit(limit), WhenLost.FREE))));
        controller.await(Event.TakesPart.class);
        return controller;
    }

    @Test
    void theSlotsGoFromOneToTheOther() throws Exception {
        Controller a = start("a", 1);
        Controller b = start("b", 1);
        RequestKey first = a.ask(1, 1);
        long fence = a.awaitGrant().fence();
        for (int build = 1; build < 20; build++) {
            RequestKey second = b.ask(build, 1);
            a.groups.submit(new Call.End(first)).get();
            News.Caused toB = b.awaitGrant();
            assertThat(toB.request(), is(second));
            assertThat(toB.fence(), greaterThan(fence));
            first = a.ask(build + 1, 1);
            b.groups.submit(new Call.End(second)).get();
            fence = a.awaitGrant().fence();
            assertThat(fence, greaterThan(toB.fence()));
        }
    }

    @Test
    void aCallThatIsRefusedSaysWhy() throws Exception {
        Controller a = start("a", 1);
        CompletableFuture<Answer> answer = a.groups.submit(new Call.Ask(Request.of(
                RequestKey.random(),
                Owner.build("job", 1),
                Behavior.QUEUE,
                new Claim(RIG, 2, false, Claim.ANY_LIMIT))));
        ExecutionException refused = assertThrows(ExecutionException.class, answer::get);
        assertThat(refused.getCause(), instanceOf(InvalidRequestException.class));
    }

    @Test
    void whoEndsAtOnceIsToldSoByTheAnswer() throws Exception {
        Controller a = start("a", 1);
        a.ask(1, 1);
        a.awaitGrant();
        RequestKey key = RequestKey.random();
        Answer answer = a.groups
                .submit(new Call.Ask(Request.of(
                        key, Owner.build("job", 2), Behavior.SKIP, new Claim(RIG, 1, false, Claim.ANY_LIMIT))))
                .get();
        assertThat(answer.ended(key).orElseThrow().outcome().name(), is("SKIPPED"));
    }

    @Test
    void allGoesOnWhenTheServerWasKilledAndComesBack() throws Exception {
        // However long the server takes: nobody is to be lost by that.
        Controller a = start("a", 1, Duration.ofMinutes(2));
        Controller b = start("b", 1, Duration.ofMinutes(2));
        RequestKey first = a.ask(1, 1);
        a.awaitGrant();
        RequestKey second = b.ask(1, 1);
        server.kill();
        a.await(Event.Away.class);
        CompletableFuture<Answer> end = a.groups.submit(new Call.End(first));
        server.restart();
        a.await(Event.Back.class);
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(b.awaitGrant().request(), is(second));
        b.groups.submit(new Call.End(second)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(
                "it is told once, though each of its connections ended",
                b.events.stream().filter(Event.Away.class::isInstance).count(),
                is(1L));
    }

    @Test
    void thoseWhoDeclareOtherwiseAreNamed() throws Exception {
        Controller a = start("a", 1);
        start("b", 2);
        Event.PoliciesDiffer differ = a.await(Event.PoliciesDiffer.class);
        assertThat(differ.members(), is(Map.of("a", java.util.Set.of(RIG))));
    }

    @Test
    void oneThatIsSilentIsLostAndItsSlotsAreGivenOn() throws Exception {
        Controller a = start("a", 1);
        Controller b = start("b", 1);
        a.ask(1, 1);
        a.awaitGrant();
        RequestKey second = b.ask(1, 1);
        a.groups.close();
        assertThat(b.await(Event.Lost.class), is(new Event.Lost("a")));
        assertThat(b.awaitGrant().request(), is(second));
    }
}
