package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Cancels builds that wait or run. */
@Extension
@Restricted(NoExternalUse.class)
public final class CancelCommand extends RequestsCommand {
    @Override
    public String getName() {
        return "concurrency-cancel";
    }

    @Override
    public String getShortDescription() {
        return Messages.CancelCommand_description();
    }

    @Override
    Map<RequestKey, Result> act(List<RequestKey> keys) {
        return Interventions.cancel(keys);
    }
}
