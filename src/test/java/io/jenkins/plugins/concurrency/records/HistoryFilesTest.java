package io.jenkins.plugins.concurrency.records;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.LogRecorder;

/** What reaches the disk, and what comes back. */
class HistoryFilesTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "team", "../Prod <&>");
    private static final GroupKey TEST = new GroupKey(Scope.CONTROLLER, "", "test");
    private static final Instant NOW = Instant.parse("2026-03-01T06:00:00Z");
    private static final long MOST_BYTES = 200_000;

    @TempDir
    private Path directory;

    private History load() {
        History history = new History(new HistoryFiles(directory::toFile));
        history.load();
        return history;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static HistoryEvent event(int number) {
        return HistoryEvent.at(NOW.toEpochMilli(), HistoryEvent.Kind.LEFT)
                .of(new BuildReference(Owner.build("team/shop", number), 0))
                .build();
    }

    @Test
    void allComesBack() throws Exception {
        History before = load();
        before.add(
                PROD,
                HistoryEvent.at(NOW.toEpochMilli(), HistoryEvent.Kind.REFUSED)
                        .of(new BuildReference(Owner.queueItem("team/shop", 5), 3))
                        .refused(Outcome.SUPERSEDED, new BuildReference(Owner.build("team/shop", 4), 0))
                        .waited(Duration.ofMinutes(1))
                        .held(Duration.ofMinutes(2))
                        .byUser("alice", "too < many")
                        .limit(7)
                        .build());
        before.held(PROD, "team/shop", Duration.ofSeconds(8));
        before.held(PROD, "team/shop", Duration.ofSeconds(9));
        before.sample(PROD, NOW, 2, 3, 1);
        before.sample(PROD, NOW.plusSeconds(300), 1, 3, 0);
        before.save();

        History after = load();
        GroupKey written = new GroupKey(Scope.FOLDER, "team", "../PROD <&>");
        HistoryEvent event = after.events(written).get(0);
        assertEquals(NOW.toEpochMilli(), event.getAt().getTime());
        assertEquals(HistoryEvent.Kind.REFUSED, event.getKind());
        assertEquals(
                Owner.queueItem("team/shop", 5), event.build().orElseThrow().owner());
        assertEquals(3, event.build().orElseThrow().notBefore());
        assertEquals(Outcome.SUPERSEDED, event.getOutcome());
        assertEquals(Owner.build("team/shop", 4), event.by().orElseThrow().owner());
        assertEquals(Duration.ofMinutes(1), event.waited());
        assertEquals(Duration.ofMinutes(2), event.held());
        assertEquals("alice", event.getUser());
        assertEquals("too < many", event.getReason());
        assertEquals(OptionalInt.of(7), event.limit());
        assertEquals(2, after.holds(written, "team/shop").count());
        List<Usage> usage = after.usage(written, Usage.Period.HOURS, NOW.plusSeconds(1200));
        Usage span = usage.get(usage.size() - 3);
        assertEquals(1, span.used(), "two slots for half of it, and nothing since");
        assertEquals(0, usage.get(usage.size() - 2).used(), "nothing is counted over a restart");
        assertEquals(List.of(), after.inUse());
    }

    @Test
    void aGroupHasOneFileHoweverItsNameIsWritten() throws Exception {
        load();
        for (String name : List.of("deploy", "Deploy", "DEPLOY")) {
            History history = load();
            history.add(new GroupKey(Scope.JOB, "a", name), event(1));
            history.save();
        }
        assertEquals(1, names().size());
        assertEquals(3, load().events(new GroupKey(Scope.JOB, "a", "dePloy")).size());
    }

    @Test
    void aDamagedFileCostsTheHistoryOfItsGroupOnly() throws Exception {
        History before = load();
        before.add(PROD, event(1));
        before.save();
        Path broken = directory.resolve(names().get(0));
        before.add(TEST, event(2));
        before.save();
        String text = Files.readString(broken);
        for (String damaged : List.of("", text.substring(0, text.length() / 2), text.replace("<hours>", "<hours>?"))) {
            Files.writeString(broken, damaged);
            try (LogRecorder log = new LogRecorder()) {
                log.record(HistoryFiles.class, Level.WARNING).capture(10);
                History after = load();
                assertEquals(List.of(), after.events(PROD));
                assertEquals(1, after.events(TEST).size());
                assertEquals(1, log.getMessages().size());
                assertTrue(log.getMessages().get(0).contains(broken + ".broken"), () -> "" + log.getMessages());
            }
            assertFalse(Files.exists(broken));
            assertTrue(Files.exists(Path.of(broken + ".broken")));
        }
    }

    @Test
    void anEventOfANewerVersionIsLeftOut() throws Exception {
        History before = load();
        before.add(PROD, event(1));
        before.add(PROD, event(2));
        before.save();
        Path file = directory.resolve(names().get(0));
        Files.writeString(file, Files.readString(file).replaceFirst("<kind>LEFT", "<kind>TELEPORTED"));
        History after = load();
        assertEquals(1, after.events(PROD).size());
    }

    @Test
    void aRenameReachesTheDisk() throws Exception {
        History before = load();
        before.add(PROD, event(1));
        before.save();
        String first = names().get(0);
        before.relocate("team", "crew");
        before.save();
        assertEquals(1, names().size());
        assertFalse(names().contains(first));
        History after = load();
        assertEquals(
                1, after.events(new GroupKey(Scope.FOLDER, "crew", PROD.name())).size());
        after.forget("crew");
        after.save();
        assertEquals(List.of(), names());
    }

    @Test
    void whatHappensWhileItIsReadIsNewerThanWhatIsRead() throws Exception {
        History before = load();
        before.add(PROD, event(1));
        before.add(TEST, event(1));
        before.held(PROD, "team/shop", Duration.ofSeconds(1));
        before.save();
        GroupKey moved = new GroupKey(Scope.FOLDER, "crew", PROD.name());
        CompletableFuture<History> late = new CompletableFuture<>();
        History after = new History(new HistoryFiles(directory::toFile) {
            @Override
            void read(Consumer<GroupHistory> reader) {
                late.join().relocate("team", "crew");
                late.join().add(moved, event(2));
                super.read(reader);
            }
        });
        late.complete(after);
        after.load();
        assertEquals(
                List.of(2L, 1L),
                after.events(moved).stream()
                        .map(event -> event.build().orElseThrow().owner().number())
                        .toList());
        assertEquals(1, after.holds(moved, "crew/shop").count());
        assertEquals(
                "crew/shop",
                after.events(TEST).get(0).build().orElseThrow().owner().job());
        after.save();
        assertEquals(2, names().size());
    }

    @Test
    void aFullFileIsSmall() throws Exception {
        History history = load();
        String job = "team/a-job-with-quite-a-long-name-as-they-have-in-multibranch-projects/feature%2Fsomething-";
        for (int i = 0; i < 2 * JobHolds.MOST_JOBS; i++) {
            for (int j = 0; j < JobHolds.MOST_TIMES; j++) {
                history.held(PROD, job + i, Duration.ofMillis(1_234_567));
            }
            history.add(
                    PROD,
                    HistoryEvent.now(HistoryEvent.Kind.CANCELLED_FOR_NEWER)
                            .of(new BuildReference(Owner.queueItem(job + i, 123_456), 123_456))
                            .forNewer(new BuildReference(Owner.queueItem(job + i, 123_456), 123_456))
                            .byUser("somebody", "because")
                            .build());
        }
        for (int hour = 0; hour < 24 * 200; hour++) {
            history.sample(PROD, NOW.plus(Duration.ofHours(hour)), hour % 2 + 100, 200, 1_000);
        }
        long start = System.nanoTime();
        history.save();
        long took = System.nanoTime() - start;
        long size = Files.size(directory.resolve(names().get(0)));
        System.out.printf("a full file of history: %d bytes, written in %d ms%n", size, took / 1_000_000);
        assertTrue(size < MOST_BYTES, () -> size + " bytes");
    }

    @Test
    @Timeout(value = 60, unit = SECONDS)
    void aSlowDiskKeepsNobodyWaiting() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch hangs = new CountDownLatch(1);
        History history = new History(new HistoryFiles(directory::toFile) {
            @Override
            void write(GroupHistory group) throws IOException {
                writing.countDown();
                try {
                    hangs.await();
                } catch (InterruptedException x) {
                    throw new IOException(x);
                }
                super.write(group);
            }
        });
        history.load();
        history.add(PROD, event(1));
        CompletableFuture<Void> saved = CompletableFuture.runAsync(history::save);
        writing.await();
        history.add(PROD, event(2));
        history.held(PROD, "team/shop", Duration.ofSeconds(1));
        history.sample(PROD, NOW, 1, 1, 0);
        history.relocate("x", "y");
        assertEquals(2, history.events(PROD).size());
        assertEquals(1, history.holds(PROD, "team/shop").count());
        assertFalse(saved.isDone());
        hangs.countDown();
        saved.join();
        history.save();
        assertEquals(2, load().events(PROD).size());
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() throws Exception {
        Path occupied = directory.resolve("occupied");
        Files.writeString(occupied, "");
        History history = new History(new HistoryFiles(occupied::toFile));
        history.load();
        history.add(PROD, event(1));
        try (LogRecorder log = new LogRecorder()) {
            log.record(HistoryWriter.class, Level.WARNING).capture(10);
            history.save();
            history.save();
            assertEquals(1, log.getMessages().size(), () -> "" + log.getMessages());
        }
        Files.delete(occupied);
        history.save();
        History after = new History(new HistoryFiles(occupied::toFile));
        after.load();
        assertEquals(1, after.events(PROD).size());
    }
}
