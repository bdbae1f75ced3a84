package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Tells who runs and who waits in a group. */
@Extension
@Restricted(NoExternalUse.class)
public final class ShowGroupCommand extends GroupCommand {
    private static final int MOST = 1_000;

    @Option(name = "-format", usage = "TEXT or JSON")
    public Format format = Format.TEXT;

    @Override
    public String getName() {
        return "concurrency-group";
    }

    @Override
    public String getShortDescription() {
        return Messages.ShowGroupCommand_description();
    }

    @Override
    int act(GroupKey key) throws Exception {
        GroupDetailsBean found = GroupDetailsBean.of(key, new Slice(0, MOST))
                .orElseThrow(() -> new IllegalArgumentException(Messages.ConcurrencyCommand_noGroup(group)));
        if (format == Format.JSON) {
            Format.json(found, GroupDetailsBean.class, stdout);
            return 0;
        }
        stdout.println(Messages.ListGroupsCommand_numbers(found.getUsed(), found.getLimit(), found.getWaitingCount()));
        Stream.concat(found.getRunning().getRequests().stream(), found.getWaiting().getRequests().stream())
                .forEach(this::print);
        return 0;
    }

    private void print(RequestBean request) {
        BuildBean build = request.getBuild();
        String number = build.getNumber() == null ? "" : "#" + build.getNumber();
        String what = request.getPlace() == 0
                ? Messages.ShowGroupCommand_running(request.getSlots())
                : Messages.ShowGroupCommand_waiting(request.getPlace());
        stdout.println(String.join("\t", request.getKey(), build.getJobName() + number, what));
    }
}
