package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.cluster.SharedPolicy;
import io.jenkins.plugins.concurrency.cluster.WhenLost;
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
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A group of the whole controller, or of several that share it, as an administrator defined it. Whether it makes sense
 * among the others is checked where they come together, in {@link ConcurrencySettings#setGroups}.
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
    private boolean shared;
    /** Null for the usual. */
    private WhenLost whenLost;

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

    /** Whether it is one group for all controllers that use the same database. */
    public boolean isShared() {
        return shared;
    }

    @DataBoundSetter
    public void setShared(boolean shared) {
        this.shared = shared;
    }

    /** What becomes of the slots that a controller holds when it is lost; it means nothing for a group that is not shared. */
    @NonNull
    public WhenLost getWhenLost() {
        return Objects.requireNonNullElse(whenLost, WhenLost.HOLD);
    }

    @DataBoundSetter
    public void setWhenLost(@CheckForNull WhenLost whenLost) {
        this.whenLost = whenLost;
    }

    /**
     * @throws InvalidRequestException if the name is none
     */
    @Restricted(NoExternalUse.class)
    @NonNull
    public GroupKey key() {
        return key(scope(), name);
    }

    private Scope scope() {
        return shared ? Scope.SHARED : Scope.CONTROLLER;
    }

    static GroupKey key(String name) {
        return key(Scope.CONTROLLER, name);
    }

    private static GroupKey key(Scope scope, String name) {
        return new GroupKey(scope, "", name);
    }

    /** One of the same scope: the slots of a group and of its parent are given out in one place. */
    Optional<GroupKey> parentKey() {
        return Optional.ofNullable(parent).map(ancestor -> key(scope(), ancestor));
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

    SharedPolicy sharedPolicy() {
        return new SharedPolicy(policy(), getWhenLost());
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
    public static class DescriptorImpl extends DeclaredGroupForm {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeclaredGroup_displayName();
        }
    }
}
