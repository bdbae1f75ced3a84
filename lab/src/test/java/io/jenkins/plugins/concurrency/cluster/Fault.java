package io.jenkins.plugins.concurrency.cluster;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What can go wrong among controllers that share groups. Each is over when it returns. */
enum Fault {
    FROZEN_UNTIL_LOST {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.processes().freeze(member);
            field.awaitLost(member);
            field.processes().thaw(member);
        }
    },
    CUT_OFF_UNTIL_LOST {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.wire(member).cut(direction(random));
            field.awaitLost(member);
            field.wire(member).mend();
        }
    },
    FROZEN {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.processes().freeze(member);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(field.lostSeconds() * 1000));
            field.processes().thaw(member);
        }
    },
    CUT_OFF {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.wire(member).cut(direction(random));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(field.lostSeconds() * 1000));
            field.wire(member).mend();
        }
    },
    KILLED {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.processes().kill(member);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2000));
            field.processes().start(member);
        }
    },
    DATABASE_KILLED {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.server().kill();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
            field.server().restart();
        }
    },
    SLOW_COMMITS {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            slow(field, SLOW);
            TimeUnit.SECONDS.sleep(2L * field.lostSeconds());
            slow(field, "DROP TRIGGER slow ON " + field.realm() + ".log");
        }
    },
    ANSWER_LOST {
        @Override
        void strike(Field field, String member, Random random) throws Exception {
            field.server().loseAnswers();
        }
    };

    /** Two seconds for each transaction that appends, when it commits. */
    private static final String SLOW = """
            CREATE OR REPLACE FUNCTION %1$s.slow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('concurrency.slow', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
                    PERFORM set_config('concurrency.slow', pg_current_xact_id()::text, false), pg_sleep(2);
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON %1$s.log
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %1$s.slow();
            """;

    abstract void strike(Field field, String member, Random random) throws Exception;

    private static Wire.Direction direction(Random random) {
        return random.nextBoolean() ? Wire.Direction.TO_SERVER : Wire.Direction.FROM_SERVER;
    }

    private static void slow(Field field, String sql) throws SQLException {
        field.server().execute(sql.formatted(field.realm()));
    }
}
