package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Requester;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A request that runs or waits in a group, of a build that the current user may read. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class RequestBean extends ShareView {
    private final BuildBean build;
    private final Optional<Estimate> estimate;

    private RequestBean(RequestView view, BuildBean build, Optional<Estimate> estimate) {
        super(view);
        this.build = build;
        this.estimate = estimate;
    }

    /**
     * @param estimate when it will probably end, if it runs, or start, if it waits
     * @return empty if the current user may not read the build
     */
    static Optional<RequestBean> of(RequestView view, Optional<Estimate> estimate) {
        return BuildBean.of(view.owner()).map(build -> new RequestBean(view, build, estimate));
    }

    @Exported
    @NonNull
    public BuildBean getBuild() {
        return build;
    }

    @Exported
    @NonNull
    public Behavior getBehavior() {
        return view().behavior();
    }

    @Exported
    public int getPriority() {
        return view().priority();
    }

    /** When it will probably end, or start; null if that cannot be told. */
    @Exported
    @CheckForNull
    public EstimateBean getEstimate() {
        return estimate.map(EstimateBean::new).orElse(null);
    }

    /** Whether it was told to end for the sake of a newer one. */
    @Exported
    public boolean isLeaving() {
        return view().leaving();
    }

    /** Whether a user started it although no slot was free. */
    @Exported
    public boolean isOverLimit() {
        return view().overLimit();
    }

    /** What it is for, in its author's words; null if they gave none. */
    @Exported
    @CheckForNull
    public String getReason() {
        return ConcurrencyManager.get()
                .requester(view().key())
                .flatMap(Requester::reason)
                .orElse(null);
    }
}
