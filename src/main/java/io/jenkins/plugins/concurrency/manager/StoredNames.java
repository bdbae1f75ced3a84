package io.jenkins.plugins.concurrency.manager;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.records.BuildWait;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.support.storage.BulkFlowNodeStorage;
import org.jenkinsci.plugins.workflow.support.storage.SimpleXStreamFlowNodeStorage;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What classes are called in the files of jobs, queue items, builds and flow nodes, so that what was written can be read
 * whatever the classes are called later. A name that was once in a release never changes.
 */
@Restricted(NoExternalUse.class)
public final class StoredNames {
    private StoredNames() {}

    /** Before anything is loaded. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.PLUGINS_STARTED)
    public static void register() {
        register("concurrency-request", StoredRequest.class);
        register("concurrency-claim", StoredClaim.class);
        register("concurrency-grant", StoredGrant.class);
        register("concurrency-interruption", Interruption.class);
        register("concurrency-waits", BuildWaits.class);
        register("concurrency-wait", BuildWait.class);
    }

    /** Gives a class a name in all of those files. */
    public static void register(@NonNull String name, @NonNull Class<?> type) {
        Stream.<XStream>of(
                        Items.XSTREAM2,
                        Run.XSTREAM2,
                        Queue.XSTREAM,
                        SimpleXStreamFlowNodeStorage.XSTREAM,
                        BulkFlowNodeStorage.XSTREAM)
                .forEach(xstream -> xstream.alias(name, type));
    }
}
