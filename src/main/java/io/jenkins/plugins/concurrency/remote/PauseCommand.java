package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Option;

/** Stops a group from granting anything. */
@Extension
@Restricted(NoExternalUse.class)
public final class PauseCommand extends GroupCommand {
    @Option(name = "-reason", usage = "Why, for the history of the group")
    public String reason;

    @Option(name = "-minutes", usage = "Resume by itself after so many minutes")
    public Integer minutes;

    @Override
    public String getName() {
        return "concurrency-pause";
    }

    @Override
    public String getShortDescription() {
        return Messages.PauseCommand_description();
    }

    @Override
    int act(GroupKey key) {
        Optional<Instant> until =
                Optional.ofNullable(minutes).map(Duration::ofMinutes).map(Instant.now()::plus);
        return report(Interventions.pause(key, reason, until));
    }
}
