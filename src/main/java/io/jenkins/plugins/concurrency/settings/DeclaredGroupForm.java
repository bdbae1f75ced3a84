package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.cluster.WhenLost;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a {@link DeclaredGroup}. */
@Restricted(NoExternalUse.class)
public abstract class DeclaredGroupForm extends Descriptor<DeclaredGroup> {
    /** For the form. */
    @NonNull
    public String label(@NonNull Order order) {
        return order.name() + " – "
                + switch (order) {
                    case FIFO -> Messages.DeclaredGroup_fifo();
                    case NEWEST_FIRST -> Messages.DeclaredGroup_newestFirst();
                    case FAIR -> Messages.DeclaredGroup_fair();
                };
    }

    /** For the form. */
    @NonNull
    public String label(@NonNull Overflow overflow) {
        return overflow.name() + " – "
                + switch (overflow) {
                    case CANCEL -> Messages.DeclaredGroup_cancel();
                    case FAIL -> Messages.DeclaredGroup_fail();
                    case DISPLACE_OLDEST -> Messages.DeclaredGroup_displaceOldest();
                };
    }

    /** For the form. */
    @NonNull
    public String label(@NonNull WhenLost whenLost) {
        return whenLost.name() + " – "
                + switch (whenLost) {
                    case HOLD -> Messages.DeclaredGroup_hold();
                    case FREE -> Messages.DeclaredGroup_free();
                };
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        // Nothing typed yet is no mistake; who saves that is told.
        if (!value.isEmpty() && Jenkins.get().hasPermission(Jenkins.MANAGE)) {
            try {
                DeclaredGroup.key(value);
            } catch (InvalidRequestException x) {
                return FormValidation.error(x.getMessage());
            }
        }
        return FormValidation.ok();
    }

    @POST
    public FormValidation doCheckLimit(@QueryParameter String value, @QueryParameter String parent) {
        FormValidation number = FormValidation.validatePositiveInteger(value);
        if (number.kind != FormValidation.Kind.OK || !Jenkins.get().hasPermission(Jenkins.MANAGE)) {
            return number;
        }
        return SavedGroups.find(parent)
                .filter(other -> Integer.parseInt(value.trim()) > other.getLimit())
                .map(other -> FormValidation.error(Messages.DeclaredGroup_aboveParent(other.getLimit())))
                .orElse(number);
    }

    @POST
    public FormValidation doCheckMaxQueued(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : FormValidation.validateNonNegativeInteger(value.trim());
    }

    @POST
    public FormValidation doCheckParent(@QueryParameter String value, @QueryParameter String name) {
        if (Util.fixEmptyAndTrim(value) == null || !Jenkins.get().hasPermission(Jenkins.MANAGE)) {
            return FormValidation.ok();
        }
        if (SavedGroups.find(value).isEmpty()) {
            return FormValidation.warning(Messages.DeclaredGroup_unknownParent(value.trim()));
        }
        return SavedGroups.isInside(value, name)
                ? FormValidation.error(Messages.DeclaredGroup_circle())
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckShared(@QueryParameter boolean value) {
        return value && ConcurrencySettings.get().getDatabase() == null
                ? FormValidation.warning(Messages.DeclaredGroup_noDatabase())
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckFolders(@QueryParameter String value) {
        return FolderPatterns.check(value);
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteParent(@QueryParameter String value) {
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        if (Jenkins.get().hasPermission(Jenkins.MANAGE)) {
            SavedGroups.namesThatStartWith(value).forEach(candidates::add);
        }
        return candidates;
    }
}
