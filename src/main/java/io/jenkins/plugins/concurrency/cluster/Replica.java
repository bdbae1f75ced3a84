package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.EngineSnapshot;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Lookups;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.SetAside;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A member's copy of the shared engine. It knows nothing but what the entries say, so that all copies that have applied the
 * same entries are the same.
 *
 * <p>One thread applies entries; any may look.
 */
final class Replica implements InstantSource {
    private final String self;
    private final Map<String, Standing> members = new TreeMap<>();
    private final Declarations declarations = new Declarations();
    private final Leases leases = new Leases();
    private final Engine engine;
    private final SetAside aside;
    /** The requests of its own member. */
    private final Set<RequestKey> own;

    private long seq;
    private volatile long now;

    /** One that has applied nothing. */
    Replica(String self) {
        this.self = self;
        engine = Engine.open(this);
        aside = new SetAside(engine);
        own = new HashSet<>();
    }

    /** One that has applied all that a snapshot covers. */
    Replica(String self, ReplicaState state) {
        this.self = self;
        seq = state.seq();
        now = state.at();
        engine = state.engine().restore(this);
        aside = new SetAside(engine, state.aside());
        members.putAll(state.members());
        state.declared().forEach(declarations::put);
        leases.restore(state.lastFence(), state.fences(), state.cancelled());
        own = new HashSet<>(engine.requestsIn(self));
        aside.all().stream()
                .filter(request ->
                        SharedOwner.of(request.request().owner()).member().equals(self))
                .forEach(request -> own.add(request.key()));
    }

    ReplicaState state() {
        return new ReplicaState(
                seq,
                now,
                EngineSnapshot.of(engine),
                aside.all(),
                members,
                declarations.byMember(),
                leases.lastFence(),
                leases.fences(),
                List.copyOf(leases.cancelled().values()));
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /** The number of the last entry that was applied. */
    long seq() {
        return seq;
    }

    Lookups engine() {
        return engine;
    }

    SetAside aside() {
        return aside;
    }

    Declarations declarations() {
        return declarations;
    }

    Map<String, Standing> members() {
        return members;
    }

    /**
     * Applies the next entry. Time passes first, so that deadlines do.
     *
     * @throws IllegalStateException if it is not the next one
     */
    Applied apply(Entry entry) {
        if (entry.seq() != seq + 1) {
            throw new IllegalStateException("Entry " + entry.seq() + " does not follow entry " + seq + ".");
        }
        seq = entry.seq();
        now = Math.max(now, entry.at());
        EntryEffects told = new EntryEffects(entry, self, own, leases);
        if (engine.nextDeadline()
                .filter(deadline -> !deadline.isAfter(instant()))
                .isPresent()) {
            told.add(engine.expire());
        }
        told.add(aside.expire());
        Optional<RuntimeException> refused = Optional.empty();
        try {
            perform(entry, told);
        } catch (RuntimeException x) {
            refused = Optional.of(x);
        }
        return told.toApplied(refused);
    }

    private void perform(Entry entry, EntryEffects told) {
        Presence presence = new Presence(engine, aside, members, declarations);
        if (entry.callNo() == Entry.JOINED) {
            presence.joined(entry.member(), entry.epoch(), told);
        } else if (entry.callNo() == Entry.LOST) {
            presence.lost(entry.member(), entry.epoch(), told);
        } else {
            Call call = CallCodec.decode(entry.body());
            new Calls(engine, aside, declarations, presence, leases).perform(entry, call, told);
        }
    }

    /** Whether a request runs whose slots would be given on if its member was lost. */
    boolean isFreedWhenLost(RequestKey key) {
        List<GroupKey> groups = engine.groupsOf(key);
        return !groups.isEmpty() && groups.stream().allMatch(declarations::isFree);
    }

    /** What a deadline will do next, on whichever member. */
    Optional<Instant> nextDeadline() {
        Optional<Instant> waiting = engine.nextDeadline();
        Optional<Instant> apart = aside.all().stream()
                .flatMap(request -> request.request().deadline().stream())
                .min(Instant::compareTo);
        return waiting.isPresent() && apart.isPresent() && apart.get().isBefore(waiting.get())
                ? apart
                : waiting.or(() -> apart);
    }

    /** Whether a request of its own member waits until then. */
    boolean isOwnDeadline(Instant deadline) {
        for (RequestKey key : own) {
            if (engine.find(key)
                    .flatMap(RequestView::deadline)
                    .filter(deadline::equals)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
