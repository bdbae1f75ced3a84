package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Moves waiting requests in their queues. */
@Extension
@Restricted(NoExternalUse.class)
public final class MoveCommand extends RequestsCommand {
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
    Map<RequestKey, Result> act(List<RequestKey> keys) {
        return Interventions.move(keys, to);
    }
}
