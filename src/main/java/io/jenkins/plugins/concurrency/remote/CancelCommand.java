package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** Cancels builds that wait or run. */
@Extension
@Restricted(NoExternalUse.class)
public final class CancelCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "REQUEST",
            required = true,
            multiValued = true,
            usage = "The keys of requests, or builds such as deploy#12")
    public List<String> requests;

    @Override
    public String getName() {
        return "concurrency-cancel";
    }

    @Override
    public String getShortDescription() {
        return Messages.CancelCommand_description();
    }

    @Override
    int act() throws Exception {
        return report(Interventions.cancel(requests(requests)));
    }
}
