package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.Wait;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the page of a build tells of its groups: what it waits for, what it holds, and what it has waited for. All is worked out
 * when the page is shown.
 */
@Restricted(NoExternalUse.class)
public final class BuildSummary extends InvisibleAction {
    /** Of a build with very many branches, the page shows so many. */
    private static final int MOST = 50;

    private static final int MOST_HOLDERS = 20;

    private final Run<?, ?> run;

    BuildSummary(Run<?, ?> run) {
        this.run = run;
    }

    /** The Concurrency page of its job, below the root of Jenkins. */
    @NonNull
    public String getUrl() {
        return run.getParent().getUrl() + "concurrency";
    }

    /** What it waits for now. */
    @NonNull
    public List<WaitRow> getWaiting() {
        return requests()
                .flatMap(request -> Wait.of(request, MOST_HOLDERS).stream())
                .map(WaitRow::new)
                .toList();
    }

    /** What it holds now, also while it waits for more. */
    @NonNull
    public List<HoldRow> getHolding() {
        return requests()
                .flatMap(request -> ConcurrencyManager.get().lookups().shares(request).stream())
                .filter(BuildSummary::holds)
                .map(HoldRow::new)
                .toList();
    }

    private static boolean holds(RequestView share) {
        return share.isRunning() || !share.slots().isEmpty();
    }

    /** What it has waited for, the oldest first. */
    @NonNull
    public List<PastWaitRow> getWaited() {
        return BuildWaits.of(run).stream().map(PastWaitRow::new).toList();
    }

    private Stream<RequestKey> requests() {
        return ConcurrencyManager.get().lookups().requestsOf(Runs.owner(run)).stream()
                .limit(MOST);
    }
}
