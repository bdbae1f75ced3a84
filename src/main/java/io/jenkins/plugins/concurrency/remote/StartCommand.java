package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** Starts waiting requests at once, over the limit if need be. */
@Extension
@Restricted(NoExternalUse.class)
public final class StartCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "REQUEST",
            required = true,
            multiValued = true,
            usage = "The keys of requests, or builds such as deploy#12")
    public List<String> requests;

    @Override
    public String getName() {
        return "concurrency-start";
    }

    @Override
    public String getShortDescription() {
        return Messages.StartCommand_description();
    }

    @Override
    int act() throws Exception {
        Map<RequestKey, Interventions.Result> results = new LinkedHashMap<>();
        requests(requests).forEach(request -> results.put(request, Interventions.startNow(request)));
        return report(results);
    }
}
