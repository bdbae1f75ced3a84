package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.XmlFile;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.cluster.SharedPolicy;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What an administrator says of all groups of this controller: by form ({@link SettingsPage}), by configuration as code
 * ({@code unclassified: concurrency:}) or by script. A change counts when it is saved: at once, or, if several are made in one
 * {@link BulkChange}, as configuration as code makes them, all of them together.
 */
@Extension
@Symbol("concurrency")
public final class ConcurrencySettings extends GlobalConfiguration {
    private static final Logger LOGGER = Logger.getLogger(ConcurrencySettings.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("settings", ConcurrencySettings.class);
        XSTREAM.alias("group", DeclaredGroup.class);
        XSTREAM.alias("folderCap", FolderCap.class);
        XSTREAM.alias("database", SharedDatabase.class);
    }

    private List<DeclaredGroup> groups = new ArrayList<>();
    private boolean undeclaredAllowed;
    private Integer cap;
    private String excludedFolders;
    private List<FolderCap> folderCaps = new ArrayList<>();
    private SharedDatabase database;
    private transient volatile SettingsInEffect now = SettingsInEffect.NONE;

    public ConcurrencySettings() {
        load();
        // What the file leaves out, or says in another way than any version did, is as in a new form.
        groups = readable(groups);
        folderCaps = readable(folderCaps);
        excludedFolders = Util.fixEmptyAndTrim(excludedFolders);
        takeEffect();
    }

    /** For the file. */
    public static final class ConverterImpl extends HandWritten<ConcurrencySettings> {
        public ConverterImpl(XStream2 xstream) {
            super(xstream);
        }

        @Override
        protected void read(@NonNull ConcurrencySettings read, @NonNull List<String> unreadable) {
            unreadable.forEach(read::warn);
        }
    }

    /** Named after no class, as classes may be renamed. */
    @Override
    protected XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-settings.xml"));
    }

    private static <T> List<T> readable(List<T> list) {
        return list == null
                ? new ArrayList<>()
                : list.stream().filter(Objects::nonNull).collect(Collectors.toCollection(ArrayList::new));
    }

    /** All of it, but what makes no sense in a file that was edited by hand: Jenkins has to start, so that somebody can mend it. */
    private void takeEffect() {
        now = new SettingsInEffect(
                DeclaredGroups.mended(groups, this::warn),
                CapRules.mended(cap, excludedFolders, folderCaps, this::warn),
                undeclaredAllowed,
                SharedDatabase.usable(database, this::warn));
    }

    private void warn(String mistake) {
        LOGGER.warning(() -> "Part of " + getConfigFile() + " is ignored: " + mistake);
    }

    @NonNull
    public static ConcurrencySettings get() {
        return ExtensionList.lookupSingleton(ConcurrencySettings.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ConcurrencySettings_displayName();
    }

    @NonNull
    public List<DeclaredGroup> getGroups() {
        return List.copyOf(groups);
    }

    /**
     * @throws IllegalArgumentException if a group has no possible name, limit, queue bound or parent, or two have one
     *     name; nothing has changed then
     */
    @DataBoundSetter
    public void setGroups(@NonNull List<DeclaredGroup> groups) {
        DeclaredGroups.of(groups);
        this.groups = new ArrayList<>(groups);
        save();
    }

    /** Whether a request may name a group of the controller that is not declared. */
    public boolean isUndeclaredAllowed() {
        return undeclaredAllowed;
    }

    @DataBoundSetter
    public void setUndeclaredAllowed(boolean undeclaredAllowed) {
        this.undeclaredAllowed = undeclaredAllowed;
        save();
    }

    /** How many builds may run at once on the controller; null for any number. */
    @CheckForNull
    public Integer getCap() {
        return cap;
    }

    /**
     * @throws IllegalArgumentException if it is below 1
     */
    @DataBoundSetter
    public void setCap(@CheckForNull Integer cap) {
        new CapRules(cap, excludedFolders, folderCaps);
        this.cap = cap;
        save();
    }

    /** The folders whose builds do not count for the {@link #getCap cap}; null for none. */
    @CheckForNull
    public String getExcludedFolders() {
        return excludedFolders;
    }

    @DataBoundSetter
    public void setExcludedFolders(@CheckForNull String excludedFolders) {
        this.excludedFolders = Util.fixEmptyAndTrim(excludedFolders);
        save();
    }

    @NonNull
    public List<FolderCap> getFolderCaps() {
        return List.copyOf(folderCaps);
    }

    /**
     * @throws IllegalArgumentException if a limit is below 1, or a rule is for no folder
     */
    @DataBoundSetter
    public void setFolderCaps(@NonNull List<FolderCap> folderCaps) {
        new CapRules(cap, excludedFolders, folderCaps);
        this.folderCaps = new ArrayList<>(folderCaps);
        save();
    }

    /** By which groups are shared with other controllers; null if none are. */
    @CheckForNull
    public SharedDatabase getDatabase() {
        return database;
    }

    /**
     * @throws IllegalArgumentException if it cannot be one; nothing has changed then
     */
    @DataBoundSetter
    public void setDatabase(@CheckForNull SharedDatabase database) {
        SharedDatabase.check(database);
        this.database = database;
        save();
    }

    /** The one that counts: null also if what a file says of it makes no sense. */
    @Restricted(NoExternalUse.class)
    @CheckForNull
    public SharedDatabase database() {
        return now.database();
    }

    /** What is capped. Does no I/O. */
    @Restricted(NoExternalUse.class)
    @NonNull
    public CapRules caps() {
        return now.caps();
    }

    /** Takes what the form says as a whole, or, if something in it makes no sense, nothing. */
    void take(SettingsForm form) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            DeclaredGroups.of(form.groups);
            SharedDatabase chosen = SharedDatabase.chosen(database, form.database);
            setFolderCaps(form.checkedFolderCaps());
            setGroups(form.groups);
            setUndeclaredAllowed(form.undeclaredAllowed);
            setCap(form.cap);
            setExcludedFolders(form.excludedFolders);
            setDatabase(chosen);
            change.commit();
        } catch (IllegalArgumentException x) {
            // Without the failure, of which the answer would show the stack trace.
            throw new FormException(x.getMessage(), "groups");
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    @POST
    public FormValidation doCheckExcludedFolders(@QueryParameter String value) {
        return FolderPatterns.check(value);
    }

    @POST
    public FormValidation doCheckCap(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : FormValidation.validatePositiveInteger(value.trim());
    }

    /** How each declared group gives out its slots. */
    @Restricted(NoExternalUse.class)
    @NonNull
    public Map<GroupKey, Policy> policies() {
        return now.declared().policies();
    }

    /** How each shared group is declared here. */
    @Restricted(NoExternalUse.class)
    @NonNull
    public Map<GroupKey, SharedPolicy> sharedPolicies() {
        return now.declared().sharedPolicies();
    }

    /**
     * Checks that a job may use a group of the controller, or a shared one. Does no I/O.
     *
     * @param job its full name
     * @throws InvalidRequestException if it may not; the message says why
     */
    @Restricted(NoExternalUse.class)
    public void checkUse(@NonNull GroupKey group, @NonNull String job) {
        now.checkUse(group, job);
    }

    /** Whether there can be such a group, as far as the settings say. */
    @Restricted(NoExternalUse.class)
    public boolean mayBe(@NonNull GroupKey group) {
        return now.mayBe(group);
    }

    @Override
    public synchronized void save() {
        super.save();
        if (BulkChange.contains(this)) {
            return;
        }
        takeEffect();
        ExtensionList.lookup(Listener.class).forEach(listener -> listener.onDeclared(policies()));
    }

    /**
     * Follows the declared groups.
     */
    @Restricted(NoExternalUse.class)
    public interface Listener extends ExtensionPoint {
        /** These are the declared groups from now on. */
        void onDeclared(@NonNull Map<GroupKey, Policy> policies);
    }
}
