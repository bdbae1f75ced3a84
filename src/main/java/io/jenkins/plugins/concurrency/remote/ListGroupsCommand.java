package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Lists the groups that the user may see. */
@Extension
@Restricted(NoExternalUse.class)
public final class ListGroupsCommand extends ConcurrencyCommand {
    @Option(name = "-format", usage = "TEXT or JSON")
    public Format format = Format.TEXT;

    @Override
    public String getName() {
        return "concurrency-groups";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListGroupsCommand_description();
    }

    @Override
    int act() throws Exception {
        GroupsBean groups = GroupsBean.all();
        if (format == Format.JSON) {
            Format.json(groups, GroupsBean.class, stdout);
            return 0;
        }
        for (GroupBean group : groups.getGroups()) {
            stdout.println(String.join(
                    "\t",
                    group.getId(),
                    group.getScope() + (group.getContext().isEmpty() ? "" : " " + group.getContext()),
                    group.getName(),
                    Messages.ListGroupsCommand_numbers(group.getUsed(), group.getLimit(), group.getWaitingCount()),
                    group.isPaused() ? Messages.ListGroupsCommand_paused() : ""));
        }
        return 0;
    }
}
