package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Executor;
import hudson.model.Run;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Counts the builds for a cap that run already when it comes into being. It is told first, so that they count before anybody
 * gets what an old cap kept it from.
 */
@Extension(ordinal = 1)
@Restricted(NoExternalUse.class)
public final class CapAdoption implements ConcurrencySettings.Listener {
    private static final Logger LOGGER = Logger.getLogger(CapAdoption.class.getName());

    @Override
    public void onDeclared(@NonNull Map<GroupKey, Policy> policies) {
        if (!ConcurrencySettings.get().caps().isEmpty()) {
            QueueGate.get().later(CapAdoption::adoptAll);
        }
        QueueGate.wakeQueue();
    }

    private static void adoptAll() {
        Executors.all()
                .filter(Predicate.not(CapAdoption::isStarting))
                .map(Executor::getCurrentExecutable)
                .filter(Run.class::isInstance)
                .forEach(run -> adopt((Run<?, ?>) run));
    }

    /** Its build does not have its entry yet, and is looked at once it has. */
    private static boolean isStarting(Executor executor) {
        WorkUnit work = executor.getCurrentWorkUnit();
        GateEntry entry = work == null ? null : EntryLookup.find(work.context.item);
        return entry != null && entry.build() == null;
    }

    /** Sees to it that a running build counts for the caps, even over their limits. */
    static void adopt(Run<?, ?> run) {
        if (!QueueGate.isWhole(run.getParent())
                || ConcurrencySettings.get().caps().isEmpty()) {
            return;
        }
        GateEntry known = EntryLookup.find(run);
        GateEntry entry = known == null ? new GateEntry(run) : known;
        if (entry.adopt()) {
            try {
                if (known == null) {
                    run.addAction(entry);
                }
                run.save();
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, x, () -> run + " cannot be counted against the caps after the restart");
            }
        }
    }
}
