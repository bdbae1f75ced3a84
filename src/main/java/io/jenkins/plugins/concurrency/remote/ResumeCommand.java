package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Lets a group go on that is paused. */
@Extension
@Restricted(NoExternalUse.class)
public final class ResumeCommand extends GroupCommand {
    @Override
    public String getName() {
        return "concurrency-resume";
    }

    @Override
    public String getShortDescription() {
        return Messages.ResumeCommand_description();
    }

    @Override
    int act(GroupKey key) {
        return report(Interventions.resume(key));
    }
}
