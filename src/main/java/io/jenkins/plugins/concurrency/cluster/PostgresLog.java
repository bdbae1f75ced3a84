package io.jenkins.plugins.concurrency.cluster;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The log in PostgreSQL: over one connection, which is kept until it fails. Whatever happens inside the database is in the
 * functions of the schema.
 */
final class PostgresLog implements Log {
    private static final String LOST = "JC001";
    private static final String TAKEN = "JC002";
    private static final String OUTDATED = "JC003";

    private final DataSource source;
    private final String schema;
    private final String instance;
    private Connection connection;

    /** @param schema where the tables are; it exists */
    PostgresLog(DataSource source, String schema, String instance) {
        this.source = source;
        this.schema = schema;
        this.instance = instance;
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T call(Work<T> work) throws LogAwayException {
        try {
            return work.in(connection());
        } catch (SQLException x) {
            close();
            throw new LogAwayException(x.getMessage(), x);
        }
    }

    private <T> T callSeated(Work<T> work) throws LogAwayException, FencedException {
        try {
            return call(work);
        } catch (LogAwayException x) {
            boolean taken = TAKEN.equals(x.sqlState());
            if (taken || LOST.equals(x.sqlState())) {
                throw new FencedException(x.reason(), taken);
            }
            throw x;
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = open(source, schema);
        }
        return connection;
    }

    private static Connection open(DataSource source, String schema) throws SQLException {
        Connection opened = source.getConnection();
        try {
            opened.setAutoCommit(true);
            opened.setSchema(schema);
            Schema.migrate(opened);
            try (Statement statement = opened.createStatement()) {
                statement.execute("LISTEN \"concurrency_" + schema + "\"");
            }
            return opened;
        } catch (SQLException x) {
            opened.close();
            throw x;
        }
    }

    /** Whether all that is needed is there, or can be made. */
    static void check(DataSource source, String schema) throws SQLException {
        try (Connection opened = open(source, schema);
                Statement statement = opened.createStatement();
                ResultSet realm = statement.executeQuery("SELECT head FROM realm FOR UPDATE")) {
            realm.next();
        }
    }

    @Override
    public Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException {
        try {
            return callSeated(open -> {
                try (PreparedStatement join = open.prepareStatement("SELECT * FROM join_realm(?, ?, ?, ?, ?, ?)")) {
                    join.setString(1, who.member());
                    join.setString(2, who.url());
                    join.setString(3, who.instance());
                    join.setInt(4, who.version());
                    join.setLong(5, who.lostAfter().toMillis());
                    join.setLong(6, who.former());
                    try (ResultSet seat = join.executeQuery()) {
                        seat.next();
                        return new Seat(who.member(), seat.getLong(1), seat.getLong(2));
                    }
                }
            });
        } catch (LogAwayException x) {
            if (OUTDATED.equals(x.sqlState())) {
                throw new OutdatedException(who.version(), x.reason());
            }
            throw x;
        }
    }

    @Override
    public void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException {
        callSeated(open -> {
            Array bodies = open.createArrayOf("bytea", calls.toArray(byte[][]::new));
            try (PreparedStatement append = open.prepareStatement("SELECT append(?, ?, ?, ?, ?)")) {
                setSeat(append, seat);
                append.setLong(4, firstCall);
                append.setArray(5, bodies);
                return append.execute();
            }
        });
    }

    private void setSeat(PreparedStatement statement, Seat seat) throws SQLException {
        statement.setString(1, seat.member());
        statement.setLong(2, seat.epoch());
        statement.setString(3, instance);
    }

    @Override
    public List<Entry> read(long from, int atMost) throws LogAwayException {
        return call(open -> {
            try (PreparedStatement read = open.prepareStatement("SELECT seq, member, epoch, call_no, at, version, body"
                    + " FROM log WHERE seq >= ? ORDER BY seq LIMIT ?")) {
                read.setLong(1, from);
                read.setInt(2, atMost);
                List<Entry> entries = new ArrayList<>();
                try (ResultSet row = read.executeQuery()) {
                    while (row.next()) {
                        entries.add(new Entry(
                                row.getLong(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getInt(6),
                                row.getBytes(7)));
                    }
                }
                return entries;
            }
        });
    }

    @Override
    public Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException {
        return callSeated(open -> {
            Array names = open.createArrayOf("text", silent.keySet().toArray());
            Array beats = open.createArrayOf("bigint", silent.values().toArray());
            try (PreparedStatement touch = open.prepareStatement("SELECT touch(?, ?, ?, ?, ?, ?)")) {
                setSeat(touch, seat);
                touch.setLong(4, applied);
                touch.setArray(5, names);
                touch.setArray(6, beats);
                touch.execute();
            }
            return pulse(open);
        });
    }

    private static Pulse pulse(Connection open) throws SQLException {
        List<MemberRow> members = new ArrayList<>();
        try (Statement statement = open.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT name, url, version, (extract(epoch FROM seen) * 1000)::bigint, lost, beat, lost_after"
                            + " FROM member ORDER BY name")) {
                while (row.next()) {
                    members.add(new MemberRow(
                            new MemberView(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getInt(3),
                                    Instant.ofEpochMilli(row.getLong(4)),
                                    row.getBoolean(5)),
                            row.getLong(6),
                            Duration.ofMillis(row.getLong(7))));
                }
            }
            try (ResultSet realm = statement.executeQuery("SELECT floor(at)::bigint, version FROM realm")) {
                realm.next();
                return new Pulse(realm.getLong(1), realm.getInt(2), members);
            }
        }
    }

    @Override
    public Optional<StoredSnapshot> snapshot() throws LogAwayException {
        return call(open -> {
            try (Statement statement = open.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT seq, version, state, hash FROM snapshot ORDER BY seq DESC LIMIT 1")) {
                return row.next()
                        ? Optional.of(
                                new StoredSnapshot(row.getLong(1), row.getInt(2), row.getBytes(3), row.getBytes(4)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public StoredSnapshot keep(StoredSnapshot snapshot) throws LogAwayException {
        return call(open -> {
            try (PreparedStatement keep = open.prepareStatement("SELECT keep_snapshot(?, ?, ?, ?)")) {
                keep.setLong(1, snapshot.seq());
                keep.setInt(2, snapshot.version());
                keep.setBytes(3, snapshot.state());
                keep.setBytes(4, snapshot.hash());
                try (ResultSet hash = keep.executeQuery()) {
                    hash.next();
                    return new StoredSnapshot(snapshot.seq(), snapshot.version(), snapshot.state(), hash.getBytes(1));
                }
            }
        });
    }

    @Override
    public boolean await(Duration atMost) throws LogAwayException {
        return call(open -> open.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis()).length > 0);
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException x) {
            // It is gone, which is what was wanted.
        }
        connection = null;
    }
}
