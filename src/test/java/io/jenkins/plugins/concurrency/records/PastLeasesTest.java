package io.jenkins.plugins.concurrency.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.LogRecorder;

class PastLeasesTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "team", "Prod \u00fc <&>");
    private static final GroupKey TEST = new GroupKey(Scope.CONTROLLER, "", "test");
    private static final Instant MORNING = Instant.parse("2026-03-01T06:00:00.123Z");

    @TempDir
    private Path directory;

    private PastLeases leases() {
        return new PastLeases(directory::toFile);
    }

    private static PastLease lease(String job, int build) {
        return new PastLease(
                job,
                build,
                7L * build,
                MORNING.plusSeconds(build),
                Duration.ofMillis(1500),
                Duration.ofSeconds(90),
                2,
                3,
                -1);
    }

    private static List<String> builds(PastLeases leases, GroupKey group) {
        return leases.of(group).stream()
                .map(lease -> lease.job() + " #" + lease.build())
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    @Test
    void allComesBackFromTheDiskTheOldestFirst() {
        PastLeases before = leases();
        before.add(PROD, lease("team/shop", 1));
        before.add(PROD, lease("team/a, \"b\"", 2));
        before.add(TEST, lease("team/shop", 3));
        before.write();
        assertEquals(List.of(lease("team/shop", 1), lease("team/a, \"b\"", 2)), leases().of(PROD));
        assertEquals(List.of(lease("team/shop", 3)), leases().of(TEST));
    }

    @Test
    void groupsThatGoWithTheirBuildsAreNotRemembered() throws Exception {
        PastLeases leases = leases();
        leases.add(new GroupKey(Scope.BUILD, "shop#1", "branches"), lease("shop", 1));
        leases.write();
        assertEquals(List.of(), files());
    }

    @Test
    void aJobKeepsItsBuildsWhenItIsRenamedAndItsGroupsAreRenamedWithIt() {
        PastLeases leases = leases();
        leases.add(PROD, lease("team/shop", 1));
        leases.add(TEST, lease("team/shop", 2));
        leases.relocate("team", "crew");
        leases.add(TEST, lease("team/shop", 3));
        assertEquals(List.of("crew/shop #1"), builds(leases, PROD.relocated("team", "crew")));
        assertEquals(List.of("crew/shop #2", "team/shop #3"), builds(leases, TEST));
        assertEquals(List.of(), builds(leases, PROD));
        leases.relocate("crew", "team");
        assertEquals(List.of("team/shop #1"), builds(leases(), PROD));
    }

    @Test
    void whatIsDeletedIsForgottenAndAJobOfItsNameThatComesLaterIsNot() throws Exception {
        PastLeases leases = leases();
        leases.add(PROD, lease("team/shop", 1));
        leases.add(TEST, lease("team/shop", 1));
        leases.add(TEST, lease("teams", 5));
        leases.forget("team");
        leases.add(TEST, lease("team/shop", 1));
        assertEquals(List.of("teams #5", "team/shop #1"), builds(leases, TEST));
        assertEquals(List.of(), builds(leases, PROD));
        assertEquals(1, files().size());
    }

    @Test
    void aJobThatTakesAnotherOnesPlaceKeepsWhatBothHadInItsOrder() {
        PastLeases leases = leases();
        leases.add(TEST, lease("old", 1));
        leases.add(TEST, lease("new", 2));
        leases.add(TEST, lease("old", 3));
        leases.relocate("old", "new");
        assertEquals(List.of("new #1", "new #2", "new #3"), builds(leases, TEST));
    }

    @Test
    void ofEachGroupThereAreFifteenThousandOrMoreInTwoFilesOfAMegabyte() throws Exception {
        PastLeases leases = leases();
        IntStream.rangeClosed(1, 60).forEach(round -> {
            IntStream.rangeClosed(1, 1000)
                    .forEach(number -> leases.add(TEST, lease("a-folder/a-job", 1000 * round + number)));
            leases.write();
        });
        List<PastLease> kept = leases.of(TEST);
        assertTrue(kept.size() >= 15_000, () -> kept.size() + " are kept");
        assertEquals(61_000, kept.get(kept.size() - 1).build());
        assertEquals(2, files().size());
        for (Path file : files()) {
            assertTrue(Files.size(file) < 1.2 * LeaseFile.MOST_BYTES, () -> "too long: " + file);
        }
    }

    @Test
    void theGroupThatWasUsedLongestAgoMakesRoomForANewOne() throws Exception {
        PastLeases leases = leases();
        for (int i = 0; i < PastLeases.MOST_GROUPS; i++) {
            leases.add(new GroupKey(Scope.CONTROLLER, "", "g" + i), lease("shop", i));
        }
        leases.write();
        for (Path file : files()) {
            assertTrue(file.toFile().setLastModified(MORNING.toEpochMilli()));
        }
        leases.add(new GroupKey(Scope.CONTROLLER, "", "g0"), lease("shop", -1));
        leases.add(new GroupKey(Scope.CONTROLLER, "", "one more"), lease("shop", 7));
        leases.write();
        assertEquals(PastLeases.MOST_GROUPS, files().size());
        assertEquals(List.of("shop #0", "shop #-1"), builds(leases, new GroupKey(Scope.CONTROLLER, "", "G0")));
    }

    @Test
    void damagedLinesCostNothingButThemselves() throws Exception {
        PastLeases leases = leases();
        leases.add(TEST, lease("shop", 1));
        leases.write();
        Files.write(
                files().get(0), new byte[] {'1', '\t', (byte) 0xc3, '\n', '>', '\t', '\n'}, StandardOpenOption.APPEND);
        leases.add(TEST, lease("shop", 2));
        assertEquals(List.of("shop #1", "shop #2"), builds(leases, TEST));
    }

    @Test
    void aDiskThatFailsCostsAWarning() throws Exception {
        Path occupied = Files.createFile(directory.resolve("occupied"));
        PastLeases leases = new PastLeases(occupied::toFile);
        try (LogRecorder log =
                new LogRecorder().record(PastLeases.class, Level.WARNING).capture(5)) {
            leases.add(TEST, lease("shop", 1));
            leases.write();
            assertTrue(log.getMessages().get(0).startsWith("Cannot write which slots builds had"));
        }
        leases.forget("shop");
        leases.relocate("shop", "store");
        assertEquals(List.of(), leases.of(TEST));
    }
}
