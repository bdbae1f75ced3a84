package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Takes away the slots of builds, which go on. */
@Extension
@Restricted(NoExternalUse.class)
public final class ReleaseCommand extends RequestsCommand {
    @Override
    public String getName() {
        return "concurrency-release";
    }

    @Override
    public String getShortDescription() {
        return Messages.ReleaseCommand_description();
    }

    @Override
    Map<RequestKey, Result> act(List<RequestKey> keys) {
        return Interventions.release(keys);
    }
}
