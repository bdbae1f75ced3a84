package io.jenkins.plugins.concurrency.settings;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The PostgreSQL database by which this controller shares groups with others, and the name that it has among them. All that use
 * the same schema of the same database share the groups that are declared so.
 */
public class SharedDatabase extends AbstractDescribableImpl<SharedDatabase> {
    /** The schema that is used if none is named. */
    public static final String SCHEMA = "concurrency";

    /** As PostgreSQL takes it without quotes; shorter, as the name of a channel is made of it. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,49}");

    private static final int LOST_AFTER = 120;
    private static final int SHORTEST = 10;

    private String url;
    private String controllerName;
    private String schema = SCHEMA;
    private String credentialsId;
    /** In seconds; null where a hand-made file leaves it out. */
    private Integer lostAfter = LOST_AFTER;

    @DataBoundConstructor
    public SharedDatabase(@CheckForNull String url, @CheckForNull String controllerName) {
        this.url = Util.fixNull(url).trim();
        this.controllerName = Util.fixNull(controllerName).trim();
    }

    /** A file that was made by hand need not name everything. */
    protected Object readResolve() {
        url = Util.fixNull(url).trim();
        controllerName = Util.fixNull(controllerName).trim();
        schema = Objects.requireNonNullElse(Util.fixEmptyAndTrim(schema), SCHEMA);
        credentialsId = Util.fixEmptyAndTrim(credentialsId);
        lostAfter = Objects.requireNonNullElse(lostAfter, LOST_AFTER);
        return this;
    }

    /** The JDBC URL. */
    @NonNull
    public String getUrl() {
        return url;
    }

    /** What this controller is called among those that share groups: none of the others is called so. */
    @NonNull
    public String getControllerName() {
        return controllerName;
    }

    @NonNull
    public String getSchema() {
        return schema;
    }

    @DataBoundSetter
    public void setSchema(@CheckForNull String schema) {
        this.schema = Objects.requireNonNullElse(Util.fixEmptyAndTrim(schema), SCHEMA);
    }

    /** Of a user name with a password; null where the database needs none. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** After how many seconds of silence the others take this controller for lost. */
    public int getLostAfter() {
        return lostAfter;
    }

    @DataBoundSetter
    public void setLostAfter(int lostAfter) {
        this.lostAfter = lostAfter;
    }

    /**
     * @throws IllegalArgumentException if it cannot be one; the message says what to do
     */
    void check() {
        if (!url.startsWith(DatabaseSource.PREFIX)) {
            throw new IllegalArgumentException(Messages.SharedDatabase_url(url));
        }
        if (!NAME.matcher(schema).matches()) {
            throw new IllegalArgumentException(Messages.SharedDatabase_schema(schema));
        }
        if (lostAfter < SHORTEST) {
            throw new IllegalArgumentException(Messages.SharedDatabase_lostAfter(lostAfter, SHORTEST));
        }
        DatabaseSource.settings(this);
    }

    static void check(@CheckForNull SharedDatabase database) {
        if (database != null) {
            database.check();
        }
    }

    /**
     * What a form that says this sets. Who sets another one has the credentials sent to wherever its URL says, so that is for
     * administrators alone; the others' forms do not show it.
     *
     * @throws IllegalArgumentException if it cannot be one, or the current user may not change it
     */
    @CheckForNull
    static SharedDatabase chosen(@CheckForNull SharedDatabase from, @CheckForNull SharedDatabase to) {
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            check(to);
            return to;
        }
        if (to != null && !to.isSame(from)) {
            throw new IllegalArgumentException(Messages.SharedDatabase_administrator());
        }
        return from;
    }

    /** One that a file names; null, with a warning, if it cannot be used. */
    @CheckForNull
    static SharedDatabase usable(@CheckForNull SharedDatabase database, Consumer<String> mistakes) {
        try {
            check(database);
            return database;
        } catch (IllegalArgumentException x) {
            mistakes.accept(x.getMessage());
            return null;
        }
    }

    /** Whether another one is the same in all that it says. */
    @Restricted(NoExternalUse.class)
    public boolean isSame(@CheckForNull SharedDatabase other) {
        return other != null
                && url.equals(other.url)
                && controllerName.equals(other.controllerName)
                && schema.equals(other.schema)
                && Objects.equals(credentialsId, other.credentialsId)
                && lostAfter.equals(other.lostAfter);
    }

    @Extension
    @Symbol("concurrencyDatabase")
    public static class DescriptorImpl extends Descriptor<SharedDatabase> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SharedDatabase_displayName();
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return value.isBlank() || value.trim().startsWith(DatabaseSource.PREFIX)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.SharedDatabase_url(value));
        }

        @POST
        public FormValidation doCheckControllerName(@QueryParameter String value) {
            try {
                DatabaseSource.checkName(value.trim());
                return FormValidation.ok();
            } catch (IllegalArgumentException x) {
                // Nothing typed yet is no mistake; who saves that is told.
                return value.isEmpty() ? FormValidation.ok() : FormValidation.error(x.getMessage());
            }
        }

        @POST
        public FormValidation doCheckLostAfter(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, SHORTEST, Integer.MAX_VALUE);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            StandardListBoxModel items = new StandardListBoxModel();
            items.includeEmptyValue();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                items.includeAs(ACL.SYSTEM2, Jenkins.get(), StandardUsernamePasswordCredentials.class);
            }
            return items.includeCurrentValue(credentialsId);
        }

        /** Tries whether the database can be used, and creates what is missing in its schema. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String url,
                @QueryParameter String controllerName,
                @QueryParameter String schema,
                @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            SharedDatabase entered = new SharedDatabase(url, controllerName);
            entered.setSchema(schema);
            entered.setCredentialsId(credentialsId);
            return DatabaseSource.test(entered);
        }
    }
}
