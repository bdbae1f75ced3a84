package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the pictures that are shown: values that nothing changes afterwards. */
final class Views {
    private Views() {}

    /** In O(count), plus what it takes to find the first one. */
    static GroupView of(Group group, int from, int count) {
        return new GroupView(
                group.key(),
                group.limit().value(),
                Optional.ofNullable(group.limit().declared()),
                group.limit().override(),
                group.isPaused(),
                group.limit().isDisputed(),
                group.isHeldWhole() ? Math.max(group.limit().value(), group.used()) : group.used(),
                group.holders().size(),
                group.queue().size(),
                running(group, from, count),
                waiting(group, from, count));
    }

    private static List<RequestView> running(Group group, int from, int count) {
        List<RequestView> page = new ArrayList<>();
        if (count > 0) {
            group.holders().visit(from, live -> {
                page.add(of(live, group, 0));
                return page.size() < count;
            });
        }
        return page;
    }

    private static List<RequestView> waiting(Group group, int from, int count) {
        List<RequestView> page = new ArrayList<>();
        if (count > 0) {
            group.queue().visit(from, live -> {
                page.add(of(live, group, from + page.size() + 1));
                return page.size() < count;
            });
        }
        return page;
    }

    /** The request as it is seen from the group that it waits in, or from the first one that it asked for. */
    static RequestView of(LiveRequest live) {
        Group group = live.waitingIn();
        return of(live, group != null ? group : live.shares().get(0).group());
    }

    /** The request as it is seen from a group that it asked for. */
    static RequestView of(LiveRequest live, Group group) {
        return of(live, group, group == live.waitingIn() ? group.queue().indexOf(live) + 1 : 0);
    }

    private static RequestView of(LiveRequest live, Group group, int place) {
        Share share = live.shareOf(group);
        return new RequestView(
                live.key(),
                live.owner(),
                place,
                share.slotNumbers(),
                share.claim(),
                Optional.ofNullable(live.waitingIn()).map(Group::key),
                live.behavior(),
                live.priority(),
                live.ticket(),
                Instant.ofEpochMilli(live.since()),
                live.isRunning() ? Optional.of(Instant.ofEpochMilli(live.runningSince())) : Optional.empty(),
                live.hasDeadline() ? Optional.of(Instant.ofEpochMilli(live.deadline())) : Optional.empty(),
                live.isLeaving(),
                live.isOverLimit());
    }
}
