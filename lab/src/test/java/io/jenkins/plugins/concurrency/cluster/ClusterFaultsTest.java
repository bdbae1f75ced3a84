package io.jenkins.plugins.concurrency.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that are killed and frozen at random, as is their database. More rounds with -Dconcurrency.rounds=…, and the same
 * faults again with -Dconcurrency.seed=…, though never at quite the same moments.
 */
@ExtendWith(WithPostgres.class)
class ClusterFaultsTest {
    private static final String REALM = "faults_test";
    private static final int LOST_SECONDS = 6;
    private static final int FEW_ROUNDS = 2;

    private final PostgresServer server;

    @TempDir
    private Path directory;

    ClusterFaultsTest(PostgresServer server) {
        this.server = server;
    }

    @Test
    void whoeverIsKilledNobodyIsInsideBesideTooManyAndNobodyWaitsForEver() throws Exception {
        long seed = Long.getLong("concurrency.seed", ThreadLocalRandom.current().nextLong() >>> 1);
        int rounds = Integer.getInteger("concurrency.rounds", FEW_ROUNDS);
        System.out.println("Rounds: " + rounds + ", seed " + seed);
        server.newRealm(REALM);
        Random random = new Random(seed);
        int bodies = rounds(rounds, random, round -> anything(round, random));
        System.out.printf("%d rounds, %,d bodies, no violation%n", rounds, bodies);
        assertThat(bodies, greaterThan(rounds));
    }

    @ParameterizedTest
    @EnumSource(value = MemoryRealm.Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeIsNoticed(MemoryRealm.Mistake mistake) throws Exception {
        server.newRealm(REALM);
        SharedGroups.check(server.dataSource(), REALM);
        switch (mistake) {
            case NOBODY_IS_SET_ASIDE -> change("touch", "INSERT INTO log", "-- ");
            case EPOCHS_ARE_NOT_CHECKED -> {
                change("seated", "m.epoch > p_epoch AND", "false AND");
                change("seated", "m.epoch IS DISTINCT FROM p_epoch OR m.lost", "m.name IS NULL");
                change("append", "IF p_first > m.last_call \\+ 1 THEN", "IF false THEN");
            }
            default -> {
                change("append", "known := m.last_call \\+ 1 - p_first;", "known := 0;");
                server.execute("ALTER TABLE " + REALM + ".log DROP CONSTRAINT log_member_epoch_call_no_key");
            }
        }
        Violation violation = assertThrows(Violation.class, () -> {
            for (int tries = 0; tries < 3; tries++) {
                Random random = new Random(tries);
                rounds(
                        2,
                        random,
                        round -> mistake == MemoryRealm.Mistake.APPENDED_TWICE
                                ? Fault.ANSWER_LOST
                                : anything(round, random));
            }
        });
        System.out.println(mistake + " is noticed: " + violation.getMessage());
    }

    /** Changes a function in the database; up to the end of the line. */
    private void change(String function, String what, String to) throws Exception {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setSchema(REALM);
            String before;
            try (ResultSet text =
                    statement.executeQuery("SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = '"
                            + REALM + "'::regnamespace AND proname = '" + function + "'")) {
                text.next();
                before = text.getString(1);
            }
            String after = before.replaceAll(what, to);
            Violation.check(!after.equals(before), "nothing was changed in " + before);
            statement.execute(after);
        }
    }

    /** One that is lost in every other round, as that takes longest to notice. */
    private static Fault anything(int round, Random random) {
        Fault[] all = Fault.values();
        return round % 2 == 0 ? all[random.nextInt(2)] : all[2 + random.nextInt(all.length - 2)];
    }

    private int rounds(int rounds, Random random, IntFunction<Fault> faults) throws Exception {
        Path journal = directory.resolve("journal" + System.nanoTime());
        try (Field field = new Field(server, REALM, journal, LOST_SECONDS)) {
            field.start();
            for (int round = 0; round < rounds; round++) {
                String member = field.members().get(random.nextInt(3));
                Fault fault = faults.apply(round);
                System.out.println(round + ": " + member + " " + fault);
                fault.strike(field, member, random);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
            }
            return field.finish();
        }
    }
}
