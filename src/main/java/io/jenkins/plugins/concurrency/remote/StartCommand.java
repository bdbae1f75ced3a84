package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Starts waiting requests at once, over the limit if need be. */
@Extension
@Restricted(NoExternalUse.class)
public final class StartCommand extends RequestsCommand {
    @Override
    public String getName() {
        return "concurrency-start";
    }

    @Override
    public String getShortDescription() {
        return Messages.StartCommand_description();
    }

    @Override
    Map<RequestKey, Result> act(List<RequestKey> keys) {
        return Interventions.startNow(keys);
    }
}
