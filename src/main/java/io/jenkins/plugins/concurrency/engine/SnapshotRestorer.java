package io.jenkins.plugins.concurrency.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a state that was empty what a snapshot says. */
final class SnapshotRestorer {
    private final State state;
    private final Map<RequestKey, LiveRequest> restored = new HashMap<>();

    SnapshotRestorer(State state) {
        this.state = state;
    }

    void restore(EngineSnapshot from) {
        state.restoreCounters(from.lastTicket(), from.lastMove());
        from.groups().forEach(this::restore);
        state.groups().findChildren();
        from.requests().forEach(this::restore);
        for (EngineSnapshot.OfGroup group : from.groups()) {
            state.groups().known(group.key()).queue().setTurns(group.turns(), state.jobs()::known);
        }
        state.restoreBlocked(from.blocked().stream().map(this::find).toList(), from.disordered());
        // Only now, as a request in a group has it take no notice of limits that were given before.
        for (EngineSnapshot.OfGroup group : from.groups()) {
            state.groups().known(group.key()).limit().restoreNewest(group.newestLimit(), group.newestTicket());
        }
    }

    private LiveRequest find(RequestKey key) {
        LiveRequest live = restored.get(key);
        if (live == null) {
            throw new IllegalArgumentException("The request " + key + " is blocked, and does not live.");
        }
        return live;
    }

    private void restore(EngineSnapshot.OfGroup from) {
        Group group = state.group(from.key());
        if (from.declared().isPresent()) {
            group.declare(from.declared().get());
        }
        group.limit().override(from.override());
        group.pause(from.paused());
    }

    private void restore(EngineSnapshot.OfRequest from) {
        List<Share> shares = from.shares().stream()
                .map(share -> Share.restored(state.group(share.group()), share.asked(), share.wanted(), share.limit()))
                .toList();
        List<Group> nested = from.nested().stream().map(state::group).toList();
        LiveRequest live =
                new LiveRequest(from, state.jobs().knownOrNew(from.owner().job()), shares, nested);
        restored.put(from.key(), live);
        state.add(live);
        for (EngineSnapshot.OfShare share : from.shares().subList(0, from.taken())) {
            live.next()
                    .group()
                    .retake(
                            live,
                            share.slots().stream().mapToInt(Integer::intValue).toArray());
        }
        from.moved().ifPresent(place -> state.moves().put(live, state.group(place.group()), place.by()));
        if (from.runningSince().isPresent()) {
            live.run(from.runningSince().getAsLong());
            live.setLeaving(from.leaving());
        } else {
            state.lineUp(
                    live, live.next().group(), from.level().map(Precedence::of).orElseThrow());
        }
    }
}
