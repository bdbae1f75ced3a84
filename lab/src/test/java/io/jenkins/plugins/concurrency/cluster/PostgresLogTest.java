package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log on a real server. */
@ExtendWith(WithPostgres.class)
class PostgresLogTest {
    private final PostgresServer server;
    private String realm;
    private PostgresLog a;
    private PostgresLog b;

    PostgresLogTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void createRealm() throws SQLException {
        realm = server.newRealm("log_test");
        a = log("a1");
        b = log("b1");
    }

    private PostgresLog log(String instance) {
        return new PostgresLog(server.dataSource(), realm, instance);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private static Introduction who(String name, String instance, int version) {
        return new Introduction(name, "http://" + name + "/", instance, version, Duration.ofSeconds(20), 0);
    }

    private static List<byte[]> calls(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> bodies(List<Entry> entries) {
        return entries.stream()
                .map(entry ->
                        entry.member() + " " + entry.callNo() + " " + new String(entry.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatOneAppendsTheOtherReadsInTheSameOrder() throws Exception {
        Seat seatA = a.join(who("a", "a1", 1));
        Seat seatB = b.join(who("b", "b1", 1));
        a.append(seatA, 1, calls("one", "two"));
        b.append(seatB, 1, calls("three"));
        a.append(seatA, 3, calls("four"));
        assertThat(bodies(a.read(1, 100)), contains("a 0 a1", "b 0 b1", "a 1 one", "a 2 two", "b 1 three", "a 3 four"));
        assertThat(b.read(1, 100).size(), is(6));
        assertThat(b.read(1, 100).stream().map(Entry::seq).toList(), contains(1L, 2L, 3L, 4L, 5L, 6L));
        assertThat(bodies(b.read(6, 100)), contains("a 3 four"));
        assertThat(bodies(b.read(1, 2)), contains("a 0 a1", "b 0 b1"));
    }

    /** As a server whose clock was set back by an hour, or a standby whose clock is behind. */
    private long setClockBack() throws Exception {
        server.execute("UPDATE log_test.realm SET at = at + 3600000, clock = clock + 3600000");
        return a.read(1, 1).get(0).at() + 3_600_000;
    }

    @Test
    void timeNeverGoesBackAndGoesOnThoughTheClockWasSetBack() throws Exception {
        Seat seat = a.join(who("a", "a1", 1));
        long before = setClockBack();
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        do {
            a.append(seat, times.size() + 1, calls("any"));
            times.add(a.read(times.size() + 2, 1).get(0).at());
        } while (times.get(times.size() - 1) - times.get(0) < 500 && System.nanoTime() < end);
        assertThat(times.get(0), greaterThanOrEqualTo(before));
        assertThat(times, is(times.stream().sorted().toList()));
        assertThat(times.get(times.size() - 1) - times.get(0), greaterThanOrEqualTo(500L));
    }

    @Test
    void timeIsThatOfTheClockAgainOnceThatHasCaughtUp() throws Exception {
        long start = System.nanoTime();
        Seat seat = a.join(who("a", "a1", 1));
        // A second is made up for in ten: as if it had been set back by one, twenty seconds ago.
        server.execute("UPDATE log_test.realm SET at = at - 19000, clock = clock - 20000");
        a.append(seat, 1, calls("one"));
        double passed = (System.nanoTime() - start) / 1e6;
        double told = a.read(2, 1).get(0).at() - a.read(1, 1).get(0).at();
        assertThat(told, is(closeTo(passed / 2, passed / 2 + 500)));
        assertThat(
                a.touch(seat, 2, Map.of()).now(),
                greaterThanOrEqualTo(a.read(2, 1).get(0).at()));
    }

    @Test
    void aNotificationComesWithEachAppendOfAnybody() throws Exception {
        Seat seat = a.join(who("a", "a1", 1));
        b.read(1, 1);
        a.append(seat, 1, calls("one"));
        assertThat(b.await(Duration.ofSeconds(10)), is(true));
        assertThat(b.await(Duration.ofMillis(10)), is(false));
    }

    @Test
    void anAppendWhoseAnswerWasLostMayBeRepeated() throws Exception {
        Seat seat = a.join(who("a", "a1", 1));
        a.append(seat, 1, calls("one", "two"));
        a.append(seat, 1, calls("one", "two"));
        a.append(seat, 1, calls("one", "two", "three"));
        a.append(seat, 2, calls("two"));
        assertThat(bodies(a.read(2, 100)), contains("a 1 one", "a 2 two", "a 3 three"));
    }

    @Test
    void manyCallsGoInOneBatch() throws Exception {
        Seat seat = a.join(who("a", "a1", 1));
        String[] many = IntStream.range(0, 5000).mapToObj(String::valueOf).toArray(String[]::new);
        a.append(seat, 1, calls(many));
        assertThat(a.read(1, 10_000).size(), is(5001));
        assertThat(a.read(2, 10_000).stream().map(Entry::at).distinct().count(), is(1L));
    }

    @Test
    void theLogIsThereAfterTheServerWasKilled() throws Exception {
        Seat seat = a.join(who("a", "a1", 1));
        a.append(seat, 1, calls("one"));
        server.kill();
        assertThrows(LogAwayException.class, () -> a.append(seat, 2, calls("two")));
        server.restart();
        a.append(seat, 2, calls("two"));
        assertThat(bodies(b.read(2, 100)), contains("a 1 one", "a 2 two"));
        assertThat(b.await(Duration.ofMillis(1)), is(false));
        a.append(seat, 3, calls("three"));
        assertThat("listens again", b.await(Duration.ofSeconds(10)), is(true));
    }

    @Test
    void ofTwoWithOneNameTheFirstIsFencedOff() throws Exception {
        Seat first = a.join(who("same", "a1", 1));
        Seat second = b.join(who("same", "b1", 1));
        assertThat(second.epoch(), is(first.epoch() + 1));
        FencedException fenced = assertThrows(FencedException.class, () -> a.append(first, 1, calls("one")));
        assertThat(fenced.isTaken(), is(true));
        assertThrows(FencedException.class, () -> a.touch(first, 0, Map.of()));
        Introduction again = new Introduction("same", "", "a1", 1, Duration.ofSeconds(20), first.epoch());
        assertThrows(FencedException.class, () -> a.join(again), "it does not take the name back");
        b.append(second, 1, calls("two"));
        assertThat(bodies(b.read(2, 100)), contains("same 0 b1", "same 1 two"));
    }

    @Test
    void whoGivesNoSignOfLifeIsLostAndAppendsNothingMore() throws Exception {
        Seat seatA = a.join(who("a", "a1", 1));
        Seat seatB = b.join(who("b", "b1", 1));
        long beat = b.touch(seatB, 0, Map.of()).members().get(0).beat();
        a.append(seatA, 1, calls("one"));
        b.touch(seatB, 0, Map.of("a", beat));
        assertThat("it gave another sign of life", a.read(1, 100).size(), is(3));
        beat = b.touch(seatB, 0, Map.of()).members().get(0).beat();
        Pulse pulse = b.touch(seatB, 0, Map.of("a", beat));
        assertThat(pulse.members().get(0).view().lost(), is(true));
        assertThat(bodies(a.read(4, 100)), contains("a -1 "));
        FencedException fenced = assertThrows(FencedException.class, () -> a.append(seatA, 2, calls("two")));
        assertThat(fenced.isTaken(), is(false));
        b.touch(seatB, 0, Map.of("a", beat));
        assertThat("it is lost once", a.read(1, 100).size(), is(4));
        Seat again = a.join(who("a", "a1", 1));
        a.append(again, 1, calls("two"));
        assertThat(bodies(a.read(5, 100)), contains("a 0 a1", "a 1 two"));
    }

    @Test
    void snapshotsAreKeptOnceAndWhatAllHaveIsDeleted() throws Exception {
        Seat seatA = a.join(who("a", "a1", 1));
        Seat seatB = b.join(who("b", "b1", 1));
        a.append(seatA, 1, calls("3", "4", "5", "6", "7", "8"));
        StoredSnapshot own = new StoredSnapshot(6, 1, new byte[] {1}, new byte[] {2});
        assertThat(a.keep(own).hasSameHash(own), is(true));
        assertThat(
                b.keep(new StoredSnapshot(6, 1, new byte[] {9}, new byte[] {9})).hasSameHash(own), is(true));
        assertThat(a.snapshot().orElseThrow().state(), is(new byte[] {1}));
        assertThat("nobody said how far it is", a.read(1, 100).size(), is(8));
        a.touch(seatA, 8, Map.of());
        b.touch(seatB, 5, Map.of());
        a.keep(own);
        assertThat("b needs what follows 5", a.read(1, 100).get(0).seq(), is(5L));
        b.touch(seatB, 8, Map.of());
        a.keep(own);
        assertThat("not covered by a snapshot", a.read(1, 100).get(0).seq(), is(6L));
    }

    @Test
    void aMemberThatIsAwayDoesNotKeepTheLogLong() throws Exception {
        Seat seatA = a.join(who("a", "a1", 1));
        Seat seatB = b.join(who("b", "b1", 1));
        a.append(seatA, 1, calls("3", "4"));
        a.touch(seatA, 4, Map.of());
        a.keep(new StoredSnapshot(4, 1, new byte[0], new byte[0]));
        assertThat(a.read(1, 100).size(), is(4));
        a.touch(
                seatA,
                4,
                Map.of("b", a.touch(seatA, 4, Map.of()).members().get(1).beat()));
        a.keep(new StoredSnapshot(4, 1, new byte[0], new byte[0]));
        assertThat(bodies(b.read(1, 100)), contains("a 2 4", "b -1 "));
        assertThrows(FencedException.class, () -> b.touch(seatB, 0, Map.of()));
    }

    @Test
    void theVersionRisesWhenNobodyIsOlderAndThenKeepsOlderOnesOut() throws Exception {
        Seat seatA = a.join(who("a", "a1", 2));
        Seat seatB = b.join(who("b", "b1", 1));
        assertThat(a.touch(seatA, 0, Map.of()).version(), is(1));
        b.join(who("b", "b1", 2));
        assertThat(a.touch(seatA, 0, Map.of()).version(), is(2));
        a.append(seatA, 1, calls("new"));
        assertThat(a.read(4, 1).get(0).version(), is(2));
        try (PostgresLog old = log("c1")) {
            assertThrows(OutdatedException.class, () -> old.join(who("c", "c1", 1)));
        }
        assertThat(seatB.epoch(), is(1L));
    }

    @Test
    void aRoleThatMayCreateNothingIsEnoughOnceTheTablesAreThere() throws Exception {
        a.join(who("a", "a1", 1));
        server.execute(
                "ALTER SCHEMA log_test OWNER TO postgres",
                "REASSIGN OWNED BY concurrency TO postgres",
                "GRANT USAGE ON SCHEMA log_test TO concurrency",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA log_test TO concurrency");
        Seat seat = b.join(who("b", "b1", 1));
        b.append(seat, 1, calls("one"));
        b.touch(seat, 1, Map.of());
        assertThat(bodies(b.read(3, 100)), contains("b 1 one"));
        assertThat(b.snapshot().stream().toList(), is(empty()));
        assertThat(b.read(1, 100).stream().map(Entry::version).toList(), everyItem(is(1)));
    }
}
