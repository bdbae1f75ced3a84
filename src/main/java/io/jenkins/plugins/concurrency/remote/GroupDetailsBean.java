package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Forecasts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A group with those who run and wait in it, and with its history. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class GroupDetailsBean extends GroupBean {
    private final Slice slice;

    private GroupDetailsBean(GroupView view, Slice slice) {
        super(view);
        this.slice = slice;
    }

    /**
     * @param key that of a group that the current user may see
     * @param slice which of those who run, and of those who wait, it has
     * @return empty if there is no such group
     */
    @NonNull
    public static Optional<GroupDetailsBean> of(@NonNull GroupKey key, @NonNull Slice slice) {
        return ConcurrencyManager.get()
                .group(key, slice.from(), slice.count())
                .map(view -> new GroupDetailsBean(view, slice));
    }

    @Exported
    @NonNull
    public RequestsBean getRunning() {
        return new RequestsBean(
                view().runningCount(),
                view().running().stream()
                        .map(request -> RequestBean.of(request, Forecasts.end(key(), request)))
                        .toList());
    }

    @Exported
    @NonNull
    public RequestsBean getWaiting() {
        List<RequestView> waiting = view().waiting();
        List<Optional<Estimate>> starts = Forecasts.starts(key(), slice.from(), waiting.size());
        return new RequestsBean(
                view().waitingCount(),
                IntStream.range(0, waiting.size())
                        .mapToObj(i -> RequestBean.of(waiting.get(i), starts.get(i)))
                        .toList());
    }

    /** What happened lately, the newest first. */
    @Exported(inline = true)
    @NonNull
    public List<EventBean> getHistory() {
        return EventBean.of(ConcurrencyManager.get().history().events(key()));
    }
}
