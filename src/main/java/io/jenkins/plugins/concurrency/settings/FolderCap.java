package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Logger;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * How many builds may run at once in each folder of some, and all that is below it.
 */
public class FolderCap extends AbstractDescribableImpl<FolderCap> {
    private static final Logger LOGGER = Logger.getLogger(FolderCap.class.getName());

    private String folders;
    /** Null where a hand-made file leaves it out. */
    private Integer limit = 1;

    @DataBoundConstructor
    public FolderCap(@CheckForNull String folders) {
        this.folders = Util.fixNull(folders).trim();
    }

    public FolderCap(@NonNull String folders, int limit) {
        this(folders);
        this.limit = limit;
    }

    /** A file that was made by hand, or by an older version, need not name everything. */
    protected Object readResolve() {
        folders = Util.fixNull(folders).trim();
        limit = Objects.requireNonNullElse(limit, 1);
        return this;
    }

    /** Ant-style patterns; each folder that one matches has a cap of its own. */
    @NonNull
    public String getFolders() {
        return folders;
    }

    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    /** A sentence that names the folders, the field and what to do; empty if all is well. */
    Optional<String> mistake() {
        if (folders.isEmpty()) {
            return Optional.of(Messages.FolderCap_noFolder());
        }
        return limit < 1 ? Optional.of(Messages.FolderCap_limit(folders, limit)) : Optional.empty();
    }

    private void mend(List<String> unreadable) {
        List<String> mistakes = new ArrayList<>(unreadable);
        if (limit < 1) {
            mistakes.add(Messages.FolderCap_limit(folders, limit));
            limit = 1;
        }
        if (!mistakes.isEmpty()) {
            LOGGER.warning(() -> "In the settings file, the cap of the folders '" + folders
                    + "' has invalid values. Defaults are used instead: "
                    + String.join(" ", mistakes));
        }
    }

    /** For files. */
    public static final class ConverterImpl extends HandWritten<FolderCap> {
        public ConverterImpl(XStream2 xstream) {
            super(xstream);
        }

        @Override
        protected void read(@NonNull FolderCap read, @NonNull List<String> unreadable) {
            read.mend(unreadable);
        }
    }

    boolean isOf(String folder) {
        return FolderPatterns.of(folders).match(folder);
    }

    @Extension
    @Symbol("concurrencyFolderCap")
    public static class DescriptorImpl extends Descriptor<FolderCap> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderCap_displayName();
        }

        @POST
        public FormValidation doCheckFolders(@QueryParameter String value) {
            if (value.isEmpty()) {
                // Nothing typed yet; who saves that is told.
                return FormValidation.ok();
            }
            return value.isBlank() ? FormValidation.error(Messages.FolderCap_noFolder()) : FolderPatterns.check(value);
        }

        @POST
        public FormValidation doCheckLimit(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }
    }
}
