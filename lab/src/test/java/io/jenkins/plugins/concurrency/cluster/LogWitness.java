package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Reads all of the log, and sees whether it is well-formed, and whether slots are given in the order of the calls. */
final class LogWitness {
    private record Waiting(String member, String group, long ticket) {}

    private final LongFunction<List<Entry>> log;
    /** Whether all ask for one slot of one group, and wait: then nobody may pass anybody. */
    private final boolean plain;

    private final Replica replica = new Replica("witness");
    private final Map<String, Long> epochs = new HashMap<>();
    private final Set<String> present = new HashSet<>();
    private final Set<List<Object>> calls = new HashSet<>();
    private final Map<RequestKey, Waiting> waiting = new HashMap<>();

    /** @param log all entries from a number on */
    LogWitness(LongFunction<List<Entry>> log, boolean plain) {
        this.log = log;
        this.plain = plain;
    }

    /** Looks at the log of a realm in which all ask for one slot of one group, and wait. */
    static void look(PostgresServer server, String realm) {
        try (PostgresLog log = new PostgresLog(server.dataSource(), realm, "witness")) {
            new LogWitness(
                            from -> {
                                try {
                                    return log.read(from, Integer.MAX_VALUE);
                                } catch (LogAwayException x) {
                                    throw new IllegalStateException(x);
                                }
                            },
                            true)
                    .look();
        }
    }

    Replica replica() {
        return replica;
    }

    boolean isRunning(RequestKey key) {
        return replica.engine().find(key).filter(RequestView::isRunning).isPresent();
    }

    void look() {
        for (Entry entry : log.apply(replica.seq() + 1)) {
            Violation.check(
                    calls.add(List.of(entry.member(), entry.epoch(), entry.callNo())), "appended twice: " + entry);
            if (entry.callNo() == Entry.JOINED) {
                present.remove(entry.member());
                epochs.put(entry.member(), entry.epoch());
            } else {
                Violation.check(
                        epochs.getOrDefault(entry.member(), 0L) == entry.epoch(), "of an epoch that is over: " + entry);
                if (entry.callNo() == Entry.LOST) {
                    present.remove(entry.member());
                    epochs.remove(entry.member());
                }
            }
            apply(entry);
        }
    }

    private void apply(Entry entry) {
        Applied applied = replica.apply(entry);
        if (Boolean.getBoolean("concurrency.trace")) {
            System.out.println(entry.seq() + " " + entry.member() + " " + entry.epoch() + "/" + entry.callNo() + " at "
                    + entry.at() % 10_000_000 + " "
                    + (entry.callNo() > 0 ? CallCodec.decode(entry.body()) : "") + " -> " + applied.effects());
        }
        if (entry.callNo() > 0 && CallCodec.decode(entry.body()) instanceof Call.ComeBack back) {
            present.add(entry.member());
            Set<RequestKey> told = back.report().waiting().stream()
                    .map(each -> each.request().key())
                    .collect(Collectors.toSet());
            waiting.entrySet()
                    .removeIf(each -> each.getValue().member().equals(entry.member()) && !told.contains(each.getKey()));
        }
        Violation.check(applied.refused().isEmpty(), "refused: " + applied);
        for (Effect effect : applied.effects()) {
            if (effect instanceof Effect.Queued queued) {
                replica.engine()
                        .find(queued.request())
                        .ifPresent(view -> waiting.put(
                                queued.request(),
                                new Waiting(
                                        SharedOwner.of(view.owner()).member(),
                                        queued.group().name(),
                                        queued.ticket())));
            } else if (effect instanceof Effect.Granted granted) {
                waiting.remove(granted.request());
                checkOrder(granted);
            } else if (effect instanceof Effect.Ended || effect instanceof Effect.Left) {
                waiting.remove(effect.request());
            }
        }
    }

    private void checkOrder(Effect.Granted granted) {
        if (plain) {
            String group = granted.grants().get(0).group().name();
            waiting.forEach((key, other) -> Violation.check(
                    !other.group().equals(group)
                            || other.ticket() > granted.ticket()
                            || !present.contains(other.member()),
                    granted.request() + " passed " + key + " of " + other));
            Violation.check(
                    present.contains(SharedOwner.of(granted.owner()).member()),
                    "granted to one that is lost: " + granted);
        }
    }

    /** Whether anybody waits behind this member. */
    boolean waitsBehind(String member) {
        return replica.engine().requestsIn(member).stream().anyMatch(key -> !isRunning(key));
    }
}
