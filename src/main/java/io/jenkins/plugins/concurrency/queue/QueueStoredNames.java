package io.jenkins.plugins.concurrency.queue;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.concurrency.manager.StoredNames;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the classes of this package are called in files. */
@Restricted(NoExternalUse.class)
public final class QueueStoredNames {
    private QueueStoredNames() {}

    /** Before anything is loaded. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        StoredNames.register("concurrency-limit", ConcurrencyLimitProperty.class);
        StoredNames.register("concurrency-cause", CauseKind.class);
        StoredNames.register("concurrency-entry", GateEntry.class);
        StoredNames.register("concurrency-stored-entry", StoredEntry.class);
        StoredNames.register("concurrency-failure", RequestFailedCause.class);
    }
}
