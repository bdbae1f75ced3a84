package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Takes the limit of now back. */
@Extension
@Restricted(NoExternalUse.class)
public final class ResetLimitCommand extends GroupCommand {
    @Override
    public String getName() {
        return "concurrency-reset-limit";
    }

    @Override
    public String getShortDescription() {
        return Messages.ResetLimitCommand_description();
    }

    @Override
    int act(GroupKey key) {
        return report(Interventions.setLimit(key, OptionalInt.empty(), null));
    }
}
