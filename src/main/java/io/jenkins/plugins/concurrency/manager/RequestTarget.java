package io.jenkins.plugins.concurrency.manager;

import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A request that the current user wants to do something to, and may know of.
 *
 * @param view empty if it has ended
 */
record RequestTarget(RequestKey key, Job<?, ?> job, Optional<RequestView> view) {
    /**
     * @throws UnknownTargetException if there is none, or the user may not read its job
     */
    static RequestTarget of(RequestKey key) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Optional<RequestView> view = manager.find(key);
        Job<?, ?> job = view.map(RequestView::owner)
                .or(() -> manager.driver().formerOwner(key))
                .map(Owner::job)
                .<Job<?, ?>>flatMap(VisibleItems::job)
                .orElseThrow(UnknownTargetException::new);
        return new RequestTarget(key, job, view);
    }

    static List<RequestTarget> all(Collection<RequestKey> keys) {
        return keys.stream().distinct().map(RequestTarget::of).toList();
    }

    boolean isRunning() {
        return view.filter(RequestView::isRunning).isPresent();
    }

    /** The group that it waits in; empty if it waits no more. */
    Optional<GroupKey> waitingIn() {
        return view.flatMap(RequestView::waitingIn);
    }

    /** The groups that it has slots of, or the one that it waits in. */
    List<GroupKey> groups() {
        return ConcurrencyManager.get().lookups().groupsOf(key);
    }
}
