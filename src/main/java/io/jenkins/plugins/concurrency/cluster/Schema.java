package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables and functions in the database: numbered scripts, each of which is run once, in one transaction. Where all were run,
 * nothing but a look is done, so that a role that may not create anything can be used then.
 */
final class Schema {
    /** The number of the last script. */
    private static final int LATEST = 1;
    /** Of the lock that is held meanwhile: any number that nobody else uses. */
    private static final long LOCK = 0x636f6e6375727279L;

    private Schema() {}

    /** Brings the schema that the connection is in up to date. One that is newer is left as it is. */
    static void migrate(Connection connection) throws SQLException {
        if (version(connection) >= LATEST) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY,"
                    + " at timestamptz NOT NULL DEFAULT clock_timestamp())");
            // Another controller may have done it meanwhile.
            for (int next = version(connection) + 1; next <= LATEST; next++) {
                statement.execute(script(next));
                statement.execute("INSERT INTO schema_version (version) VALUES (" + next + ")");
            }
            connection.commit();
        } catch (SQLException x) {
            connection.rollback();
            throw x;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT to_regclass('schema_version') IS NOT NULL")) {
                found.next();
                if (!found.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet latest = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
                latest.next();
                return latest.getInt(1);
            }
        }
    }

    private static String script(int number) {
        try (InputStream script = Schema.class.getResourceAsStream("schema/V" + number + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
