package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a member knows of the others, and what of that its administrators are told. */
final class Realm {
    /** How long others wait before they do what another member should have done. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** How long it waits before it does for the same deadline once more what did not help. */
    private static final long AGAIN_NANOS = 500_000_000L;

    private final String self;
    private final Deliveries deliveries;
    private final Silence silence = new Silence();
    private volatile List<MemberRow> members = List.of();
    private volatile Map<String, Set<GroupKey>> differing = Map.of();
    private Map<String, Integer> versions = Map.of();
    private volatile Reading clock = new Reading(0, 0);
    private Instant ticked = Instant.MIN;
    private long tickedAt;

    /** What the database's clock showed, and when that was by this controller's own. */
    private record Reading(long millis, long nanos) {
        Instant at(long now) {
            return Instant.ofEpochMilli(millis + (now - nanos) / 1_000_000);
        }
    }

    Realm(String self, Deliveries deliveries) {
        this.self = self;
        this.deliveries = deliveries;
    }

    List<MemberView> members() {
        return members.stream().map(MemberRow::view).toList();
    }

    /** When it last knew how all members are, by its own clock. */
    long answered() {
        return clock.nanos();
    }

    /** What the database's clock shows now; empty if it was never asked. */
    Optional<Instant> now(long nanos) {
        Reading last = clock;
        return last.millis() == 0 ? Optional.empty() : Optional.of(last.at(nanos));
    }

    /** Who is to be declared lost. */
    Map<String, Long> silent(long nanos) {
        return silence.silent(members, nanos);
    }

    Map<String, Set<GroupKey>> differing() {
        return differing;
    }

    void pulse(Pulse pulse, long nanos) {
        members = pulse.members();
        silence.look(members, nanos);
        clock = new Reading(pulse.now(), nanos);
        Map<String, Integer> now = new TreeMap<>();
        members().stream().filter(member -> !member.lost()).forEach(member -> now.put(member.name(), member.version()));
        boolean differ = new HashSet<>(now.values()).size() > 1;
        if (differ && !now.equals(versions)) {
            deliveries.tell(new Event.VersionsDiffer(now));
        }
        versions = now;
    }

    void applied(Entry entry, Replica replica) {
        if (!entry.member().equals(self)) {
            if (entry.callNo() == Entry.LOST) {
                deliveries.tell(new Event.Lost(entry.member()));
            } else if (entry.callNo() == Entry.JOINED) {
                deliveries.tell(new Event.Joined(entry.member()));
            }
        }
        Map<String, Set<GroupKey>> now = replica.declarations().differing();
        if (!now.equals(differing)) {
            differing = now;
            deliveries.tell(new Event.PoliciesDiffer(now));
        }
    }

    /** Has time pass where a deadline has: of its own requests at once, of others' if nobody else did. */
    void deadlines(Replica replica, long nanos, Runnable tick) {
        replica.nextDeadline().ifPresent(deadline -> {
            Instant now = clock.at(nanos);
            boolean own = replica.isOwnDeadline(deadline);
            boolean due = !deadline.plusNanos(own ? 0 : PATIENCE_NANOS).isAfter(now);
            // By the log it may be a little earlier than was reckoned here.
            boolean again = deadline.equals(ticked) && nanos - tickedAt < AGAIN_NANOS;
            if (due && !again) {
                ticked = deadline;
                tickedAt = nanos;
                tick.run();
            }
        });
    }
}
