package io.jenkins.plugins.concurrency.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.concurrency.manager.FormChoices;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * A further group that a {@code concurrency} step asks for together with its first one.
 */
public class ExtraGroup extends AbstractDescribableImpl<ExtraGroup> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String group;
    private String scope;
    private int limit = 1;
    private int slots = 1;
    private boolean exclusive;

    @DataBoundConstructor
    public ExtraGroup(@CheckForNull String group) {
        this.group = group;
    }

    /** Null if a Jenkinsfile forgot it. */
    @CheckForNull
    public String getGroup() {
        return group;
    }

    @CheckForNull
    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(@CheckForNull String scope) {
        this.scope = Util.fixEmpty(scope);
    }

    public int getLimit() {
        return limit;
    }

    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public int getSlots() {
        return slots;
    }

    @DataBoundSetter
    public void setSlots(int slots) {
        this.slots = slots;
    }

    public boolean isExclusive() {
        return exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @Extension
    public static class DescriptorImpl extends Descriptor<ExtraGroup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ExtraGroup_displayName();
        }

        @POST
        public ListBoxModel doFillScopeItems() {
            return FormChoices.scopesOfNamed();
        }
    }
}
