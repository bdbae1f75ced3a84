package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.cluster.SharedOwner;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Lookups;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What can be seen of the shared groups, with builds as this controller names them: its own by their jobs, the others by their
 * controllers. Nothing where the controller does not take part. Safe for use by several threads.
 */
final class SharedViews {
    private final Supplier<Optional<SharedGroups>> groups;
    private volatile String controller = "";

    SharedViews(Supplier<Optional<SharedGroups>> groups) {
        this.groups = groups;
    }

    void setController(String name) {
        controller = name;
    }

    private Optional<Lookups> lookups() {
        return groups.get().map(SharedGroups::lookups);
    }

    Optional<GroupView> group(GroupKey key, int from, int count) {
        return lookups().flatMap(all -> all.group(key, from, count)).map(this::view);
    }

    List<GroupKey> groups() {
        return lookups().map(Lookups::groups).orElse(List.of());
    }

    List<GroupKey> groupsOf(String job) {
        return lookups()
                .map(all -> all.groupsOf(new SharedOwner(controller, Owner.build(job, 0))
                        .toShared()
                        .job()))
                .orElse(List.of());
    }

    List<GroupKey> groupsOf(RequestKey key) {
        return lookups().map(all -> all.groupsOf(key)).orElse(List.of());
    }

    Optional<RequestView> find(RequestKey key) {
        return lookups().flatMap(all -> all.find(key)).map(this::view);
    }

    List<RequestView> shares(RequestKey key) {
        return lookups().map(all -> all.shares(key)).orElse(List.of()).stream()
                .map(this::view)
                .toList();
    }

    long changes() {
        return lookups().map(Lookups::changes).orElse(0L);
    }

    private GroupView view(GroupView group) {
        return new GroupView(
                group.key(),
                group.limit(),
                group.declared(),
                group.override(),
                group.paused(),
                group.disputed(),
                group.used(),
                group.runningCount(),
                group.waitingCount(),
                group.running().stream().map(this::view).toList(),
                group.waiting().stream().map(this::view).toList());
    }

    private RequestView view(RequestView request) {
        return new RequestView(
                request.key(),
                owner(request.owner()),
                request.place(),
                request.slots(),
                request.claim(),
                request.waitingIn(),
                request.behavior(),
                request.priority(),
                request.ticket(),
                request.since(),
                request.runningSince(),
                request.deadline(),
                request.leaving(),
                request.overLimit());
    }

    private Owner owner(Owner shared) {
        SharedOwner known = SharedOwner.of(shared);
        return known.member().equals(controller)
                ? known.owner()
                : OtherControllers.owner(known.member(), known.owner());
    }

    Effect effect(Effect effect) {
        if (effect instanceof Effect.Queued queued) {
            return new Effect.Queued(queued.request(), owner(queued.owner()), queued.ticket(), queued.group());
        } else if (effect instanceof Effect.Granted granted) {
            return new Effect.Granted(
                    granted.request(),
                    owner(granted.owner()),
                    granted.ticket(),
                    granted.grants(),
                    granted.nested(),
                    granted.waited(),
                    granted.overLimit());
        } else if (effect instanceof Effect.Ended ended) {
            return new Effect.Ended(
                    ended.request(),
                    owner(ended.owner()),
                    ended.outcome(),
                    ended.group(),
                    ended.by().map(this::owner),
                    ended.waited(),
                    ended.circle().stream().map(this::link).toList());
        } else if (effect instanceof Effect.Left left) {
            return new Effect.Left(
                    left.request(),
                    owner(left.owner()),
                    left.ticket(),
                    left.priority(),
                    left.since(),
                    left.parts(),
                    left.waitedIn(),
                    left.held(),
                    left.waited());
        } else if (effect instanceof Effect.CancelRunning cancel) {
            return new Effect.CancelRunning(
                    cancel.request(), owner(cancel.owner()), cancel.group(), owner(cancel.by()));
        }
        return effect;
    }

    private Effect.Blockage link(Effect.Blockage link) {
        return new Effect.Blockage(owner(link.waiting()), link.group(), owner(link.holder()));
    }
}
