package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Estimate;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a request waits for, as it was when somebody looked. {@link WaitText} has the words. Immutable; names nobody yet, so
 * that whoever shows it says what its reader may see.
 *
 * @param request who waits, seen from the group
 * @param group what it waits for, with the first ones of those who hold it
 */
@Restricted(NoExternalUse.class)
public record Wait(@NonNull RequestView request, @NonNull GroupView group) {
    /** All that wait are asked how long it will take, and an estimate costs what is before it. */
    private static final int FARTHEST_ESTIMATE = 100;

    /**
     * Empty if the request does not wait.
     *
     * @param mostHolders how many of those who hold the group are named at most; 1 or more
     */
    @NonNull
    public static Optional<Wait> of(@NonNull RequestKey request, int mostHolders) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.find(request)
                .flatMap(view -> view.waitingIn()
                        .flatMap(key -> manager.group(key, 0, mostHolders))
                        .map(group -> new Wait(view, group)));
    }

    @NonNull
    public GroupKey key() {
        return group.key();
    }

    /** 1 for who is served next. */
    public int place() {
        return request.place();
    }

    /** The first ones of those who hold the group. */
    @NonNull
    public List<Owner> holders() {
        return group.running().stream().map(RequestView::owner).distinct().toList();
    }

    /** How many hold it besides. */
    public int moreHolders() {
        return group.runningCount() - group.running().size();
    }

    /** Who is first in the queue, not this one, and keeps it waiting although slots are free, as it needs more of them. */
    @NonNull
    public Optional<RequestView> wideOneBefore() {
        return place() > 1 && group.free() > 0 && !group.paused()
                ? group.waiting().stream()
                        .findFirst()
                        .filter(first ->
                                first.claim().exclusive() || first.claim().slots() > group.free())
                : Optional.empty();
    }

    /** When it will probably start; empty if that cannot be told, or many are before it. */
    @NonNull
    public Optional<Estimate> estimate() {
        return place() <= FARTHEST_ESTIMATE ? Forecasts.start(request.key()) : Optional.empty();
    }
}
