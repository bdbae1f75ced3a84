package io.jenkins.plugins.concurrency.pages;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Says, after a start-up, that nobody gets a slot yet. */
@Extension
@Restricted(NoExternalUse.class)
public final class RecoveryNotice extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return Messages.RecoveryNotice_displayName();
    }

    @Override
    public boolean isActivated() {
        // Jenkins asks during its own start-up too.
        return Jenkins.get().getInitLevel() == InitMilestone.COMPLETED
                && !ConcurrencyManager.get().isRecovered();
    }
}
