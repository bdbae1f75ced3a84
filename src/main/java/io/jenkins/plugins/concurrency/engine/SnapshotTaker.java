package io.jenkins.plugins.concurrency.engine;

import java.util.Optional;
import java.util.OptionalLong;

/** Says what the state is, in one way only: in an order that does not depend on how it came to be. */
final class SnapshotTaker {
    private final State state;

    SnapshotTaker(State state) {
        this.state = state;
    }

    EngineSnapshot take() {
        return new EngineSnapshot(
                state.lastTicket(),
                state.moves().last(),
                state.isDisordered(),
                state.groups().all().stream().map(SnapshotTaker::of).toList(),
                state.requests().stream()
                        .sorted(LiveRequest.BY_TICKET)
                        .map(this::of)
                        .toList(),
                state.blocked().stream().map(LiveRequest::key).toList());
    }

    private static EngineSnapshot.OfGroup of(Group group) {
        return new EngineSnapshot.OfGroup(
                group.key(),
                Optional.ofNullable(group.limit().declared()),
                group.limit().override(),
                group.isPaused(),
                group.limit().newest(),
                group.limit().newestTicket(),
                group.queue().turns());
    }

    private EngineSnapshot.OfRequest of(LiveRequest live) {
        return new EngineSnapshot.OfRequest(
                live.key(),
                live.owner(),
                live.behavior(),
                live.priority(),
                live.maxQueued(),
                live.hasDeadline() ? OptionalLong.of(live.deadline()) : OptionalLong.empty(),
                live.nesting().within(),
                live.nesting().stalls(),
                state.groups().known(live.nesting().nested()),
                live.ticket(),
                live.since(),
                live.shares().stream().map(SnapshotTaker::of).toList(),
                live.held().size(),
                live.waitingIn() == null
                        ? Optional.empty()
                        : Optional.of(live.level().toSnapshot()),
                live.isRunning() ? OptionalLong.of(live.runningSince()) : OptionalLong.empty(),
                live.isLeaving(),
                live.isOverLimit(),
                live.isPutBack(),
                state.moves().place(live, state.groups()));
    }

    private static EngineSnapshot.OfShare of(Share share) {
        return new EngineSnapshot.OfShare(
                share.group().key(), share.asked(), share.wanted(), share.limit(), share.slotNumbers());
    }
}
