package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.util.Collection;
import java.util.Optional;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Marks builds that wait, and that ended for others. Asked for each build of a list: so it looks at nothing but memory. */
@Extension
@SuppressWarnings("rawtypes")
@Restricted(NoExternalUse.class)
public final class ConcurrencyBadgeFactory extends TransientActionFactory<Run> {
    /** How many branches of a build are looked at, the latest first: so it costs no more for one with very many. */
    private static final int MOST = 10;

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return ConcurrencyBadge.class;
    }

    @NonNull
    @Override
    public Collection<? extends Action> createFor(@NonNull Run run) {
        Run<?, ?> build = run;
        Optional<GroupKey> waiting = build.isLogUpdated() ? waitsFor(build) : Optional.empty();
        return waiting
                .map(ConcurrencyBadge::waiting)
                .or(() -> interruption(build).map(interruption -> ConcurrencyBadge.ended(build, interruption)))
                .stream()
                .toList();
    }

    private static Optional<GroupKey> waitsFor(Run<?, ?> build) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.lookups().requestsOf(Runs.owner(build)).stream()
                .limit(MOST)
                .flatMap(request -> manager.find(request).stream())
                .map(RequestView::waitingIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Among what the build has itself: to ask other plugins could come back to here. */
    @SuppressWarnings("deprecation")
    private static Optional<Interruption> interruption(Run<?, ?> build) {
        return build.getActions().stream()
                .filter(InterruptedBuildAction.class::isInstance)
                .flatMap(action -> ((InterruptedBuildAction) action).getCauses().stream())
                .filter(Interruption.class::isInstance)
                .map(Interruption.class::cast)
                .filter(Interruption::isForAnother)
                .findFirst();
    }
}
