package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.manager.Interventions;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** Lets a group go on that is paused. */
@Extension
@Restricted(NoExternalUse.class)
public final class ResumeCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "GROUP",
            required = true,
            usage = "The id of the group, or its name if there is only one of that name")
    public String group;

    @Override
    public String getName() {
        return "concurrency-resume";
    }

    @Override
    public String getShortDescription() {
        return Messages.ResumeCommand_description();
    }

    @Override
    int act() throws Exception {
        return report(Interventions.resume(group(group)));
    }
}
