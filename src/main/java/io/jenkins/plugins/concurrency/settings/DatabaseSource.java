package io.jenkins.plugins.concurrency.settings;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.cluster.SharedGroupsSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to a {@link SharedDatabase}. User and password are looked up for each connection: so new ones count without a
 * restart, and ones that are missing are missing only until somebody adds them. Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class DatabaseSource implements DataSource {
    static final String PREFIX = "jdbc:postgresql:";

    /** No database is silent for as long as it takes until a controller is lost. In seconds. */
    private static final int PATIENCE = 10;

    private final SharedDatabase database;

    /**
     * @throws IllegalStateException if the driver is not installed; the message says what to do
     */
    public DatabaseSource(@NonNull SharedDatabase database) {
        if (Jenkins.get().getPlugin("postgresql-api") == null) {
            throw new IllegalStateException(Messages.DatabaseSource_noDriver());
        }
        this.database = database;
    }

    /** How the controller takes part. */
    @NonNull
    public static SharedGroupsSettings settings(@NonNull SharedDatabase database) {
        return SharedGroupsSettings.of(database.getControllerName())
                .lostAfter(Duration.ofSeconds(database.getLostAfter()))
                .withUrl(Util.fixNull(Jenkins.get().getRootUrl()));
    }

    /**
     * @throws IllegalArgumentException if no controller can be called so
     */
    static void checkName(String name) {
        SharedGroupsSettings.of(name);
    }

    static FormValidation test(SharedDatabase database) {
        try {
            database.check();
            SharedGroups.check(new DatabaseSource(database), database.getSchema());
            return FormValidation.ok(Messages.DatabaseSource_works());
        } catch (IllegalArgumentException | IllegalStateException x) {
            return FormValidation.error(x.getMessage());
        } catch (SQLException x) {
            return FormValidation.error(Messages.DatabaseSource_fails(x.getMessage()));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        // What the URL says goes before these.
        source.setConnectTimeout(PATIENCE);
        source.setSocketTimeout(PATIENCE);
        source.setTcpKeepAlive(true);
        source.setApplicationName("Jenkins " + database.getControllerName());
        source.setURL(database.getUrl());
        if (database.getCredentialsId() == null) {
            return source.getConnection();
        }
        StandardUsernamePasswordCredentials credentials = credentials();
        return source.getConnection(
                credentials.getUsername(), credentials.getPassword().getPlainText());
    }

    private StandardUsernamePasswordCredentials credentials() throws SQLException {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernamePasswordCredentials.class, Jenkins.get(), ACL.SYSTEM2)
                .stream()
                .filter(CredentialsMatchers.withId(database.getCredentialsId())::matches)
                .findFirst()
                .orElseThrow(
                        () -> new SQLException(Messages.DatabaseSource_noCredentials(database.getCredentialsId())));
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The settings say as whom.");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return PATIENCE;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("It wraps nothing.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
