package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * How many builds may run at once in each folder of some, and all that is below it.
 */
public class FolderCap extends AbstractDescribableImpl<FolderCap> {
    private final String folders;
    private final int limit;

    @DataBoundConstructor
    public FolderCap(@NonNull String folders, int limit) {
        this.folders = folders.trim();
        this.limit = limit;
    }

    /** Ant-style patterns; each folder that one matches has a cap of its own. */
    @NonNull
    public String getFolders() {
        return folders;
    }

    public int getLimit() {
        return limit;
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
            return value.isBlank() ? FormValidation.error(Messages.FolderCap_noFolder()) : FolderPatterns.check(value);
        }

        @POST
        public FormValidation doCheckLimit(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }
    }
}
