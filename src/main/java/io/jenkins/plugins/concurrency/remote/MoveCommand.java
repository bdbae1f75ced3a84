package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Moves waiting requests in their queues. */
@Extension
@Restricted(NoExternalUse.class)
public final class MoveCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "REQUEST",
            required = true,
            multiValued = true,
            usage = "The keys of requests, or builds such as deploy#12")
    public List<String> requests;

    @Option(name = "-to", required = true, usage = "Where to: TOP, UP, DOWN or BOTTOM")
    public Direction to;

    @Override
    public String getName() {
        return "concurrency-move";
    }

    @Override
    public String getShortDescription() {
        return Messages.MoveCommand_description();
    }

    @Override
    int act() throws Exception {
        return report(Interventions.move(requests(requests), to));
    }
}
