package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.DescriptorVisibilityFilter;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The settings have a page of their own, and no place in Manage Jenkins » System. */
@Extension
@Restricted(NoExternalUse.class)
public final class OwnPage extends DescriptorVisibilityFilter {
    @Override
    public boolean filter(Object context, @NonNull Descriptor descriptor) {
        return !(descriptor instanceof ConcurrencySettings);
    }
}
