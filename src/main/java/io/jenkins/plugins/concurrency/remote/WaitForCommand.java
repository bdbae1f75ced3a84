package io.jenkins.plugins.concurrency.remote;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.util.Collection;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** Waits until a build has all slots that it asks for, or has ended. */
@Extension
@Restricted(NoExternalUse.class)
public final class WaitForCommand extends ConcurrencyCommand {
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final int TIMED_OUT = 4;
    private static final int ENDED = 5;

    @Argument(metaVar = "JOB", required = true, usage = "The full name of the job")
    public String job;

    @Argument(index = 1, metaVar = "BUILD", required = true, usage = "The number of the build")
    public String number;

    @Option(name = "-timeout", usage = "Give up after so many seconds")
    public Integer timeout;

    @Override
    public String getName() {
        return "concurrency-wait-for";
    }

    @Override
    public String getShortDescription() {
        return Messages.WaitForCommand_description();
    }

    @Override
    int act() throws Exception {
        Run<?, ?> run = build(job, number);
        long end = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout * 1_000_000_000L;
        while (run.isBuilding()) {
            if (hasAll(run)) {
                stdout.println(Messages.WaitForCommand_granted());
                return 0;
            }
            if (timeout != null && System.nanoTime() - end >= 0) {
                stderr.println(Messages.WaitForCommand_timedOut(timeout));
                return TIMED_OUT;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        stderr.println(Messages.WaitForCommand_ended(String.valueOf(run.getResult())));
        return ENDED;
    }

    /** Whether it asks for something, and has all of that. */
    private static boolean hasAll(Run<?, ?> run) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Collection<RequestKey> requests = manager.lookups().requestsOf(Runs.owner(run));
        return !requests.isEmpty()
                && requests.stream()
                        .flatMap(request -> manager.find(request).stream())
                        .allMatch(RequestView::isRunning);
    }
}
