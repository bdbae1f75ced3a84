package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Forecasts;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build has of a group, or waits for there. Whoever may read the build may see its groups. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class ShareBean extends ShareView {
    /** Of a long queue, the first ones are told of. */
    private static final int MOST_AHEAD = 100;

    ShareBean(RequestView view) {
        super(view);
    }

    private GroupKey group() {
        return view().claim().group();
    }

    /** Null if it is gone by now. */
    @Exported
    @CheckForNull
    public GroupBean getGroup() {
        return look(0).map(GroupBean::new).orElse(null);
    }

    private Optional<GroupView> look(int count) {
        return ConcurrencyManager.get().group(group(), 0, count);
    }

    /** When it will probably start; null if it does not wait, or that cannot be told. */
    @Exported
    @CheckForNull
    public EstimateBean getEstimate() {
        return view().place() == 0
                ? null
                : Forecasts.start(view().key()).map(EstimateBean::new).orElse(null);
    }

    /** Those that wait before it, the next one first; at most the first 100. Null if it does not wait here. */
    @Exported
    @CheckForNull
    public RequestsBean getAhead() {
        int before = view().place() - 1;
        return before < 0
                ? null
                : new RequestsBean(
                        before,
                        look(Math.min(before, MOST_AHEAD)).stream()
                                .flatMap(group -> group.waiting().stream())
                                .map(request -> RequestBean.of(request, Optional.empty()))
                                .toList());
    }

    /** Those that hold the group; at most 100. Null if it does not wait here. */
    @Exported
    @CheckForNull
    public RequestsBean getHolders() {
        return view().place() == 0
                ? null
                : look(MOST_AHEAD)
                        .map(group -> new RequestsBean(
                                group.runningCount(),
                                group.running().stream()
                                        .map(request -> RequestBean.of(request, Forecasts.end(group(), request)))
                                        .toList()))
                        .orElse(null);
    }
}
