package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A group that the current user may see, without its requests. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 3)
public class GroupBean {
    private final GroupView view;

    GroupBean(GroupView view) {
        this.view = view;
    }

    GroupView view() {
        return view;
    }

    GroupKey key() {
        return view.key();
    }

    /** Names the group in addresses and commands. */
    @Exported
    @NonNull
    public String getId() {
        return GroupId.of(key());
    }

    @Exported
    @NonNull
    public String getUrl() {
        return Urls.of("concurrency/group/" + getId() + "/");
    }

    @Exported
    @NonNull
    public String getName() {
        return key().name();
    }

    @Exported
    @NonNull
    public Scope getScope() {
        return key().scope();
    }

    /** The full name of the job or folder; empty for the whole controller, and for groups of single builds. */
    @Exported
    @NonNull
    public String getContext() {
        return key().scope().outlivesBuilds() ? key().context() : "";
    }

    /** Whether it is a cap: a limit on all builds of a folder or of the controller. */
    @Exported
    public boolean isCap() {
        return CapRules.isCap(key());
    }

    /** Whether the settings declare it. */
    @Exported
    public boolean isDeclared() {
        return view.declared().isPresent();
    }

    @Exported
    public int getLimit() {
        return view.limit();
    }

    /** How many slots are taken. */
    @Exported
    public int getUsed() {
        return view.used();
    }

    @Exported(name = "runningCount")
    public int getRunningCount() {
        return view.runningCount();
    }

    @Exported(name = "waitingCount")
    public int getWaitingCount() {
        return view.waitingCount();
    }

    @Exported
    public boolean isPaused() {
        return view.paused();
    }

    /** Whether builds ask for different limits, and nobody decided. */
    @Exported
    public boolean isDisputed() {
        return view.disputed();
    }

    /** Who goes first; null if the settings do not say. */
    @Exported
    @CheckForNull
    public Order getOrder() {
        return view.declared().map(Policy::order).orElse(null);
    }

    /** How many may wait; null if any number may. */
    @Exported
    @CheckForNull
    public Integer getMaxQueued() {
        OptionalInt bound = view.declared().map(Policy::maxQueued).orElse(OptionalInt.empty());
        return bound.isPresent() ? bound.getAsInt() : null;
    }

    /** The limit that a user gave the group for now; null if none did. */
    @Exported
    @CheckForNull
    public DecisionBean getLimitDecision() {
        return Decisions.get().limitDecisionOf(key()).map(DecisionBean::new).orElse(null);
    }

    /** That a user paused the group; null if none did. */
    @Exported
    @CheckForNull
    public DecisionBean getPauseDecision() {
        return Decisions.get().pauseOf(key()).map(DecisionBean::new).orElse(null);
    }
}
