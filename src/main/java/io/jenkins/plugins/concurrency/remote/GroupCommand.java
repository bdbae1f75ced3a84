package io.jenkins.plugins.concurrency.remote;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;

/** A command about one group. */
@Restricted(NoExternalUse.class)
public abstract class GroupCommand extends ConcurrencyCommand {
    @Argument(
            metaVar = "GROUP",
            required = true,
            usage = "The id of the group, or its name if there is only one of that name")
    public String group;

    @Override
    final int act() throws Exception {
        return act(group(group));
    }

    abstract int act(GroupKey key) throws Exception;
}
