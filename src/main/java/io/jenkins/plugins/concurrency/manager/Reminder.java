package io.jenkins.plugins.concurrency.manager;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Lets those who wait tell their builds' logs how they are doing, now and then. */
@Extension
@Restricted(NoExternalUse.class)
public final class Reminder extends PeriodicWork {
    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void doRun() {
        EngineDriver driver = ConcurrencyManager.get().driver();
        driver.tellAll(Requester::remind);
        driver.recorder().lookAtAll();
    }
}
