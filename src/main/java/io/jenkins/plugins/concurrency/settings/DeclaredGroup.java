package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A group of the whole controller, as an administrator defined it. Whether it makes sense among the others is checked
 * where they come together, in {@link ConcurrencySettings#setGroups}.
 */
public class DeclaredGroup extends AbstractDescribableImpl<DeclaredGroup> {
    private String name;
    /** Null where a hand-made file leaves it out. */
    private Integer limit = 1;

    private Order order = Order.FIFO;
    private Integer maxQueued;
    private Overflow overflow = Overflow.CANCEL;
    private String parent;
    private int priority;
    private String folders;
    private String description;

    @DataBoundConstructor
    public DeclaredGroup(@CheckForNull String name) {
        this.name = Util.fixNull(name).trim();
    }

    public DeclaredGroup(@NonNull String name, int limit) {
        this(name);
        this.limit = limit;
    }

    /** A file that was made by hand, or by an older version, need not name everything. */
    protected Object readResolve() {
        name = Util.fixNull(name).trim();
        limit = Objects.requireNonNullElse(limit, 1);
        order = Objects.requireNonNullElse(order, Order.FIFO);
        overflow = Objects.requireNonNullElse(overflow, Overflow.CANCEL);
        parent = Util.fixEmptyAndTrim(parent);
        folders = Util.fixEmptyAndTrim(folders);
        return this;
    }

    @NonNull
    public String getName() {
        return name;
    }

    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    @NonNull
    public Order getOrder() {
        return order;
    }

    @DataBoundSetter
    public void setOrder(@CheckForNull Order order) {
        this.order = Objects.requireNonNullElse(order, Order.FIFO);
    }

    /** How many may wait; null for any number. */
    @CheckForNull
    public Integer getMaxQueued() {
        return maxQueued;
    }

    @DataBoundSetter
    public void setMaxQueued(@CheckForNull Integer maxQueued) {
        this.maxQueued = maxQueued;
    }

    @NonNull
    public Overflow getOverflow() {
        return overflow;
    }

    @DataBoundSetter
    public void setOverflow(@CheckForNull Overflow overflow) {
        this.overflow = Objects.requireNonNullElse(overflow, Overflow.CANCEL);
    }

    /** The name of a declared group of which a request takes slots too; null for none. */
    @CheckForNull
    public String getParent() {
        return parent;
    }

    @DataBoundSetter
    public void setParent(@CheckForNull String parent) {
        this.parent = Util.fixEmptyAndTrim(parent);
    }

    /** Goes before a request's own priority where children compete for their parent. */
    public int getPriority() {
        return priority;
    }

    @DataBoundSetter
    public void setPriority(int priority) {
        this.priority = priority;
    }

    /** The folders whose jobs may use it, as {@link FolderPatterns} reads them; null for all. */
    @CheckForNull
    public String getFolders() {
        return folders;
    }

    @DataBoundSetter
    public void setFolders(@CheckForNull String folders) {
        this.folders = Util.fixEmptyAndTrim(folders);
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /**
     * @throws InvalidRequestException if the name is none
     */
    @Restricted(NoExternalUse.class)
    @NonNull
    public GroupKey key() {
        return key(name);
    }

    static GroupKey key(String name) {
        return new GroupKey(Scope.CONTROLLER, "", name);
    }

    Optional<GroupKey> parentKey() {
        return Optional.ofNullable(parent).map(DeclaredGroup::key);
    }

    /**
     * @throws IllegalArgumentException if the limit is below 1 or the queue bound below 0
     */
    @Restricted(NoExternalUse.class)
    @NonNull
    public Policy policy() {
        OptionalInt bound = maxQueued == null ? OptionalInt.empty() : OptionalInt.of(maxQueued);
        return new Policy(limit, order, bound, overflow, priority, parentKey());
    }

    /** For files. */
    public static final class ConverterImpl extends HandWritten<DeclaredGroup> {
        public ConverterImpl(XStream2 xstream) {
            super(xstream);
        }

        @Override
        protected void read(@NonNull DeclaredGroup read, @NonNull List<String> unreadable) {
            GroupMistakes.mend(read, unreadable);
        }
    }

    /** Whether a job may use it. */
    boolean isFor(String job) {
        return folders == null || FolderPatterns.of(folders).matchFolderOf(job);
    }

    @Extension
    @Symbol("concurrencyGroup")
    public static class DescriptorImpl extends Descriptor<DeclaredGroup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeclaredGroup_displayName();
        }

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

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            // Nothing typed yet is no mistake; who saves that is told.
            if (!value.isEmpty() && Jenkins.get().hasPermission(Jenkins.MANAGE)) {
                try {
                    key(value);
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
}
