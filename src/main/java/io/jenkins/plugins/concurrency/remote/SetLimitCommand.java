package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Gives a group another limit for now. */
@Extension
@Restricted(NoExternalUse.class)
public final class SetLimitCommand extends GroupCommand {
    @Argument(index = 1, metaVar = "LIMIT", required = true, usage = "How many slots it has for now: 1 or more")
    public int limit;

    @Option(name = "-reason", usage = "Why, for the history of the group")
    public String reason;

    @Override
    public String getName() {
        return "concurrency-set-limit";
    }

    @Override
    public String getShortDescription() {
        return Messages.SetLimitCommand_description();
    }

    @Override
    int act(GroupKey key) {
        if (limit < 1) {
            throw new IllegalArgumentException(Messages.SetLimitCommand_noLimit(limit));
        }
        return report(Interventions.setLimit(key, OptionalInt.of(limit), reason));
    }
}
