package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** Takes the limit of now back. */
@Extension
@Restricted(NoExternalUse.class)
public final class ResetLimitCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "GROUP",
            required = true,
            usage = "The id of the group, or its name if there is only one of that name")
    public String group;

    @Override
    public String getName() {
        return "concurrency-reset-limit";
    }

    @Override
    public String getShortDescription() {
        return Messages.ResetLimitCommand_description();
    }

    @Override
    int act() throws Exception {
        return report(Interventions.setLimit(group(group), OptionalInt.empty(), null));
    }
}
