package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How fast slots go from one controller to another, and how many requests there can be. Run by ./dev cluster-bench alone. */
@ExtendWith(WithPostgres.class)
class ClusterBench {
    private static final int HAND_OVERS = 500;
    private static final int SECONDS = 10;
    private static final int IN_FLIGHT = 2000;

    private final PostgresServer server;

    @TempDir
    private Path directory;

    ClusterBench(PostgresServer server) {
        this.server = server;
    }

    private static void print(String what, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-48s %5d times: median %.2f ms, p95 %.2f ms, longest %.1f ms%n",
                what,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 95 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    @Test
    void handOver() throws Exception {
        server.newRealm("bench");
        Path file = directory.resolve("journal");
        List<Long> handOvers = new ArrayList<>();
        try (Processes processes = new Processes(
                name -> String.valueOf(server.port()), "bench", file, List.of("120", "5", "false", "1"))) {
            processes.start("a");
            processes.start("b");
            while (handOvers.size() < HAND_OVERS) {
                TimeUnit.SECONDS.sleep(1);
                handOvers = handOvers(processes.journal().read());
            }
        }
        // The first ones are those of a Java that has just begun.
        print("rig: from one process to the other", handOvers.subList(HAND_OVERS / 5, handOvers.size()));
    }

    private static List<Long> handOvers(List<Journal.Line> lines) {
        List<Long> handOvers = new ArrayList<>();
        Journal.Line left = null;
        for (Journal.Line line : lines) {
            if (line.group().equals("rig") && line.what().equals("leave")) {
                left = line;
            } else if (line.group().equals("rig") && line.what().equals("enter") && left != null) {
                if (!left.member().equals(line.member())) {
                    handOvers.add(line.nanos() - left.nanos());
                }
                left = null;
            }
        }
        return handOvers;
    }

    @Test
    void advisoryLock() throws Exception {
        List<Long> handOvers = new ArrayList<>();
        try (Connection one = server.dataSource().getConnection();
                Connection two = server.dataSource().getConnection()) {
            SynchronousQueue<Long> got = new SynchronousQueue<>();
            Connection[] turns = {one, two};
            call(one, "SELECT pg_advisory_lock(1)");
            for (int i = 0; i < HAND_OVERS; i++) {
                Connection holder = turns[i % 2];
                Connection next = turns[1 - i % 2];
                Thread waiting = new Thread(() -> {
                    try {
                        call(next, "SELECT pg_advisory_lock(1)");
                        got.put(System.nanoTime());
                    } catch (Exception x) {
                        throw new IllegalStateException(x);
                    }
                });
                waiting.start();
                TimeUnit.MILLISECONDS.sleep(3);
                long left = System.nanoTime();
                call(holder, "SELECT pg_advisory_unlock(1)");
                handOvers.add(got.take() - left);
                waiting.join();
            }
        }
        print("floor: pg_advisory_lock, one JVM", handOvers.subList(HAND_OVERS / 5, HAND_OVERS));
    }

    private static void call(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Asks, ends when it is inside, and asks again, very many at once. */
    private final class Load implements SharedGroupsListener {
        final AtomicLong bodies = new AtomicLong();
        final CountDownLatch ready = new CountDownLatch(1);
        SharedGroups groups;
        volatile boolean stopped;

        void ask() {
            groups.submit(new Call.Ask(Request.of(
                    RequestKey.random(),
                    Owner.build("job", bodies.get()),
                    Behavior.QUEUE,
                    new Claim(MemberProcess.group("rig"), 1, false, Claim.ANY_LIMIT))));
        }

        @Override
        public CompletionStage<Report> report() {
            return CompletableFuture.completedFuture(Report.empty());
        }

        @Override
        public void onNews(News news) {
            if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Granted) {
                bodies.incrementAndGet();
                groups.submit(new Call.End(news.request()));
                if (!stopped) {
                    ask();
                }
            }
        }

        @Override
        public void onEvent(Event event) {
            if (event instanceof Event.TakesPart) {
                ready.countDown();
            }
        }
    }

    @Test
    void manyRequests() throws Exception {
        server.newRealm("bench");
        ExecutorService executor = Executors.newCachedThreadPool();
        List<Load> loads = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Load load = new Load();
            load.groups =
                    SharedGroups.start(SharedGroupsSettings.of(name), server.dataSource(), "bench", load, executor);
            load.groups.submit(new Call.Declare(Map.of(
                    MemberProcess.group("rig"), new SharedPolicy(Policy.ofLimit(IN_FLIGHT / 4), WhenLost.HOLD))));
            load.ready.await();
            loads.add(load);
        }
        loads.forEach(load -> {
            for (int i = 0; i < IN_FLIGHT / 2; i++) {
                load.ask();
            }
        });
        TimeUnit.SECONDS.sleep(SECONDS);
        long before = loads.stream().mapToLong(load -> load.bodies.get()).sum();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS);
        long bodies = loads.stream().mapToLong(load -> load.bodies.get()).sum() - before;
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "two controllers in one JVM, %,d requests in flight: %,.0f requests a second, each asked, granted and ended%n",
                IN_FLIGHT, bodies / seconds);
        loads.forEach(load -> load.stopped = true);
        loads.forEach(load -> load.groups.close());
        executor.shutdownNow();
        assertThat(bodies, greaterThan(0L));
    }
}
