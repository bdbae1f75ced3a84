package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a build waited for. It is kept with the build, and written to disk when that is saved next. Immutable: a build that is
 * to have more gets another one, so that it can be saved and shown at any time.
 */
@Restricted(NoExternalUse.class)
public final class BuildWaits extends InvisibleAction {
    private static final int MOST = 50;
    private static final Object ADDING = new Object();

    /** Never changed. */
    private final ArrayList<BuildWait> waits;

    private BuildWaits(List<BuildWait> waits) {
        this.waits = new ArrayList<>(waits);
    }

    /** What is known of a build, the oldest first. It asks no other plugin, so that it may be called for each build of a list. */
    @NonNull
    public static List<BuildWait> of(@NonNull Run<?, ?> run) {
        return actions(run).stream()
                .filter(BuildWaits.class::isInstance)
                .map(BuildWaits.class::cast)
                .reduce((older, newer) -> newer)
                .map(BuildWaits::whole)
                .orElse(List.of());
    }

    /** Those that the build has itself: others are made anew each time, by plugins that may ask for ours meanwhile. */
    @SuppressWarnings("deprecation")
    private static List<Action> actions(Run<?, ?> run) {
        return run.getActions();
    }

    private List<BuildWait> whole() {
        return waits == null
                ? List.of()
                : waits.stream().filter(wait -> wait != null && wait.isWhole()).toList();
    }

    /** Adds those that a user would care for. Of too many, those that took longest stay. Does not save the build. */
    public static void add(@NonNull Run<?, ?> run, @NonNull List<BuildWait> more) {
        List<BuildWait> kept = more.stream().filter(BuildWait::isWorthKeeping).toList();
        if (kept.isEmpty()) {
            return;
        }
        // Two branches of a build may get their slots at once.
        synchronized (ADDING) {
            List<Action> before =
                    actions(run).stream().filter(BuildWaits.class::isInstance).toList();
            List<BuildWait> all = new ArrayList<>(of(run));
            all.addAll(kept);
            while (all.size() > MOST) {
                all.remove(all.stream()
                        .min(Comparator.comparing(BuildWait::waited))
                        .orElseThrow());
            }
            // In this order, so that whoever saves the build now finds at least the old one.
            run.addAction(new BuildWaits(all));
            before.forEach(run::removeAction);
        }
    }
}
