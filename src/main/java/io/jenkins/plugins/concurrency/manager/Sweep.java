package io.jenkins.plugins.concurrency.manager;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Frees what builds hold that are gone. It should never find anything: every way for a build to end tells the manager.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class Sweep extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(Sweep.class.getName());

    /** Found dead once: only who is found twice is freed, as a build may be about to start or to end. */
    private final Set<Owner> suspects = new HashSet<>();

    public Sweep() {
        super("Concurrency sweep");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(10);
    }

    @Override
    protected void execute(TaskListener listener) {
        run(ConcurrencyManager.get());
    }

    synchronized void run(ConcurrencyManager manager) {
        Set<Owner> dead = new HashSet<>();
        for (Owner owner : manager.lookups().owners()) {
            if (!Runs.isAlive(owner)) {
                dead.add(owner);
            }
        }
        for (Owner owner : dead) {
            if (suspects.contains(owner)) {
                LOGGER.log(
                        Level.WARNING,
                        "{0} is gone but still held or waited for slots; they have been released",
                        owner);
                manager.endAll(owner);
                manager.metering().meter().swept();
            }
        }
        suspects.clear();
        suspects.addAll(dead);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected Level getSlowLoggingLevel() {
        return Level.FINE;
    }
}
