package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those who wait for one group and may keep others waiting, while {@link DeadlockDetector} looks for those that do.
 *
 * <p>One of them is served once it fits beside what is pinned, which does not come free, and so do all before it: once the
 * most that any of these needs is free. That most only grows along the queue, so that they are served in its order.
 */
final class StuckLine {
    /** More than any limit: a group that somebody has as a whole has no room for anybody. */
    private static final long WHOLE = 1L << 32;

    /** One of them, and who of it and all before it needs most, which is how much. */
    private record Place(LiveRequest live, LiveRequest widest, long most) {}

    private final Group group;
    private final List<Place> places = new ArrayList<>();
    private final Map<LiveRequest, LiveRequest> widest = new HashMap<>();
    private int served;
    private long pinned;

    /**
     * @param stuck those who may keep others waiting
     * @param wide those who may not fit where others do, whether they keep anybody waiting or not
     */
    StuckLine(Group group, List<LiveRequest> stuck, List<LiveRequest> wide) {
        this.group = group;
        Set<LiveRequest> blocked = new HashSet<>(stuck);
        Set<LiveRequest> all = new HashSet<>(stuck);
        all.addAll(wide);
        LiveRequest widestYet = null;
        long most = 0;
        for (LiveRequest live : group.queue().inOrder(all)) {
            long needs = needs(live);
            if (needs > most) {
                most = needs;
                widestYet = live;
            }
            widest.put(live, widestYet);
            if (blocked.contains(live)) {
                places.add(new Place(live, widestYet, most));
            }
        }
    }

    private long needs(LiveRequest live) {
        return live.next().isExclusive() ? WHOLE : group.needed(live.next());
    }

    /** @param sign 1 if what this share has does not come free, -1 if it does after all */
    void addPinned(Share share, int sign) {
        pinned += sign * (share.isExclusive() ? WHOLE : share.slots().length);
    }

    private boolean fits(long needed) {
        return pinned == 0 || needed <= group.limit().value() - pinned;
    }

    /** The next one that gets in; null if none does. */
    LiveRequest serve() {
        if (served < places.size() && fits(places.get(served).most())) {
            return places.get(served++).live();
        }
        return null;
    }

    /** Those who do not get in. */
    List<LiveRequest> stuck() {
        return places.subList(served, places.size()).stream().map(Place::live).toList();
    }

    /** Who does not fit beside what is pinned: one who waits here, or somebody before it; null if both do. */
    LiveRequest obstacle(LiveRequest waiting) {
        if (!fits(needs(waiting))) {
            return waiting;
        }
        LiveRequest before = widest.get(waiting);
        return before == null || fits(needs(before)) ? null : before;
    }
}
