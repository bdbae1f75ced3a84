package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.AsideRequest;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.EngineSnapshot;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import java.nio.BufferUnderflowException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How snapshots are written: equal states as equal bytes. */
final class StateCodec {
    private StateCodec() {}

    static StoredSnapshot encode(ReplicaState state) {
        Encoder out = new Encoder();
        out.number(state.seq());
        out.number(state.at());
        EngineStateCodec.write(out, state.engine());
        out.list(state.aside(), aside -> write(out, aside));
        out.list(new TreeMap<>(state.members()).entrySet(), member -> {
            out.text(member.getKey());
            out.number(member.getValue().epoch());
            out.flag(member.getValue().present());
            out.flag(member.getValue().lost());
        });
        out.list(new TreeMap<>(state.declared()).entrySet(), declared -> {
            out.text(declared.getKey());
            out.number(declared.getValue().seq());
            CallCodec.policies(out, declared.getValue().groups());
        });
        out.number(state.lastFence());
        out.list(
                state.fences().entrySet().stream()
                        .sorted((one, other) -> Long.compare(
                                one.getKey().value(), other.getKey().value()))
                        .toList(),
                fence -> {
                    out.key(fence.getKey());
                    out.number(fence.getValue());
                });
        out.list(state.cancelled(), cancel -> {
            out.key(cancel.request());
            out.owner(cancel.owner());
            out.group(cancel.group());
            out.owner(cancel.by());
        });
        byte[] bytes = out.toBytes();
        return new StoredSnapshot(state.seq(), Version.CURRENT, bytes, hash(bytes));
    }

    /**
     * @throws IllegalArgumentException if it is damaged
     */
    static ReplicaState decode(StoredSnapshot stored) {
        if (!stored.hasSameHash(new StoredSnapshot(0, 0, stored.state(), hash(stored.state())))) {
            throw new IllegalArgumentException("The snapshot of entry " + stored.seq() + " is damaged.");
        }
        Decoder in = new Decoder(stored.state());
        try {
            ReplicaState state = read(in);
            in.end();
            return state;
        } catch (BufferUnderflowException x) {
            throw new IllegalArgumentException("The snapshot is cut off.", x);
        }
    }

    private static ReplicaState read(Decoder in) {
        long seq = in.longNumber();
        long at = in.longNumber();
        EngineSnapshot engine = EngineStateCodec.read(in);
        List<AsideRequest> aside = in.list(() -> aside(in));
        Map<String, Standing> members = new TreeMap<>();
        in.list(() -> members.put(in.text(), new Standing(in.longNumber(), in.flag(), in.flag())));
        Map<String, Declarations.Declared> declared = new TreeMap<>();
        in.list(() -> declared.put(in.text(), new Declarations.Declared(in.longNumber(), CallCodec.policies(in))));
        long lastFence = in.longNumber();
        Map<RequestKey, Long> fences = new HashMap<>();
        in.list(() -> fences.put(in.key(), in.longNumber()));
        List<Effect.CancelRunning> cancelled =
                in.list(() -> new Effect.CancelRunning(in.key(), in.owner(), in.group(), in.owner()));
        return new ReplicaState(seq, at, engine, aside, members, declared, lastFence, fences, cancelled);
    }

    private static void write(Encoder out, AsideRequest aside) {
        out.request(aside.request());
        out.number(aside.past().ticket());
        out.instant(aside.past().since());
        out.optional(aside.past().moved(), out::place);
        out.list(aside.nested(), out::group);
    }

    private static AsideRequest aside(Decoder in) {
        var request = in.request();
        long ticket = in.longNumber();
        Instant since = in.instant();
        SavedState waiting = SavedState.waiting(ticket, since);
        return new AsideRequest(
                request, in.optional(in::place).map(waiting::movedTo).orElse(waiting), in.list(in::group));
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("Every Java has SHA-256.", x);
        }
    }
}
