package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL of its own, in a directory that is removed at the end. It may have a standby, which is another one. */
public final class PostgresServer implements AutoCloseable {
    private static final String OWNER = "concurrency";

    private final Path home;
    private final PostgresPrograms programs;
    private final Path data;
    private final int port;
    private Process process;

    private PostgresServer(Path home, PostgresPrograms programs, Path data) throws IOException {
        this.home = home;
        this.programs = programs;
        this.data = data;
        port = freePort();
    }

    /** One that the system gives to no connection meanwhile, nor while the server is down. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (BindException x) {
                // Somebody else has that one.
            }
        }
        throw new IOException("no port is free");
    }

    /** Why none can be started here; null if one can. */
    public static String missing() {
        return PostgresPrograms.missing();
    }

    public static PostgresServer start() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("concurrency-postgres");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresPrograms programs = new PostgresPrograms(home.resolve("server"));
        PostgresServer server = new PostgresServer(home, programs, programs.newData(home.resolve("data")));
        programs.run(
                "initdb", "-D", server.data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        server.startProcess();
        try (Connection connection = server.dataSource("postgres", "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + OWNER + " LOGIN");
            statement.execute("CREATE DATABASE " + OWNER);
        } catch (SQLException x) {
            throw new IOException(x);
        }
        return server;
    }

    /** A second server, which has what this one commits before anybody hears of it. This one restarts for that. */
    PostgresServer startStandby() throws IOException, InterruptedException, SQLException {
        programs.run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast");
        process.waitFor();
        PostgresServer standby = new PostgresServer(home, programs, programs.copyData(data, home.resolve("standby")));
        Files.createFile(standby.data.resolve("standby.signal"));
        Files.writeString(
                standby.data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n",
                StandardOpenOption.APPEND);
        startProcess();
        standby.startProcess();
        execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        execute("SELECT pg_reload_conf()");
        return standby;
    }

    /** Has a standby become a server that others may write to. */
    void promote() throws IOException, InterruptedException {
        programs.run("pg_ctl", "promote", "-D", data.toString());
    }

    private void startProcess() throws IOException, InterruptedException {
        List<String> command = programs.command(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-h",
                "127.0.0.1",
                "-k",
                data.toString(),
                "-c",
                "shared_buffers=32MB");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        awaitReady();
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Connection connection = dataSource("postgres", "postgres").getConnection()) {
                connection.isValid(1);
                return;
            } catch (SQLException x) {
                // There is no event to wait for but that it answers.
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("PostgreSQL did not start: " + Files.readString(log()));
    }

    /** As kill -9 of the server, and of what it started, which ends with it. */
    public void kill() throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        PostgresPrograms.run(List.of("kill", "-9", pid));
        process.waitFor();
    }

    public void restart() throws IOException, InterruptedException {
        startProcess();
    }

    /**
     * Has commits last, but nobody hear of them: all connections end between the one and the other. A server that waits for a
     * standby that is not there does just that.
     *
     * @return whether anybody committed anything meanwhile
     */
    boolean loseAnswers() throws SQLException, InterruptedException {
        try (Connection connection = dataSource("postgres", OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
            statement.execute("SELECT pg_reload_conf()");
            int lost = 0;
            for (int looks = 0; lost == 0 && looks < 100; looks++) {
                TimeUnit.MILLISECONDS.sleep(50);
                lost = count(statement, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
            }
            // Those who read, too: nobody is to find what was committed before it is sent once more.
            count(
                    statement,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '" + OWNER + "'");
            statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
            statement.execute("SELECT pg_reload_conf()");
            return lost > 0;
        }
    }

    private static int count(Statement statement, String query) throws SQLException {
        try (ResultSet counted = statement.executeQuery(query)) {
            counted.next();
            return counted.getInt(1);
        }
    }

    public int port() {
        return port;
    }

    /** A new realm: an empty schema that belongs to the role of the controllers, which may do nothing else. */
    public String newRealm(String schema) throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE", "CREATE SCHEMA " + schema + " AUTHORIZATION " + OWNER);
        return schema;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource("postgres", OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** As the role of the controllers. */
    DataSource dataSource() {
        return dataSource(OWNER, OWNER);
    }

    private DataSource dataSource(String user, String database) {
        return dataSource(user, database, port);
    }

    /** @param ports one, or those of a server and its standby with a comma between: that one is used which can be written to */
    static DataSource dataSource(String ports) {
        return dataSource(
                OWNER,
                OWNER,
                Stream.of(ports.split(",")).mapToInt(Integer::parseInt).toArray());
    }

    private static DataSource dataSource(String user, String database, int... ports) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(IntStream.of(ports).mapToObj(port -> "127.0.0.1").toArray(String[]::new));
        source.setPortNumbers(ports);
        if (ports.length > 1) {
            source.setTargetServerType("primary");
        }
        source.setUser(user);
        source.setDatabaseName(database);
        source.setConnectTimeout(5);
        source.setSocketTimeout(5);
        return source;
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                kill();
            }
            if (Files.exists(home)) {
                PostgresPrograms.run(List.of("rm", "-r", home.toString()));
            }
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }
}
