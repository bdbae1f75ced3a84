package io.jenkins.plugins.concurrency.remote;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** A command that does something to requests. It prints what came of that for each of them. */
@Restricted(NoExternalUse.class)
public abstract class RequestsCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "REQUEST",
            required = true,
            multiValued = true,
            usage = "The keys of requests, or builds such as deploy#12")
    public List<String> requests;

    @Override
    final int act() {
        Map<RequestKey, Result> results = act(requests(requests));
        results.forEach((key, result) -> stdout.println(key + " " + result));
        return code(results.values());
    }

    abstract Map<RequestKey, Result> act(List<RequestKey> keys);
}
