package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.MovedPlace;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Writes values as bytes, the same value always as the same bytes. Constants are written by their names. */
final class Encoder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Write {
        void run() throws IOException;
    }

    /** There is no device that could fail. */
    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    void flag(boolean value) {
        write(() -> out.writeBoolean(value));
    }

    void number(int value) {
        write(() -> out.writeInt(value));
    }

    void number(long value) {
        write(() -> out.writeLong(value));
    }

    void text(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        number(text.length);
        write(() -> out.write(text));
    }

    void constant(Enum<?> value) {
        text(value.name());
    }

    <T> void list(Collection<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
    }

    <T> void optional(Optional<T> value, Consumer<T> present) {
        flag(value.isPresent());
        value.ifPresent(present);
    }

    void optional(OptionalInt value) {
        flag(value.isPresent());
        value.ifPresent(this::number);
    }

    void optional(OptionalLong value) {
        flag(value.isPresent());
        value.ifPresent(this::number);
    }

    void instant(Instant value) {
        number(value.getEpochSecond());
        number(value.getNano());
    }

    void key(RequestKey key) {
        number(key.value());
    }

    void group(GroupKey group) {
        constant(group.scope());
        text(group.context());
        text(group.name());
    }

    void owner(Owner owner) {
        text(owner.job());
        number(owner.number());
        flag(owner.queueItem());
    }

    void place(MovedPlace place) {
        group(place.group());
        number(place.by());
    }

    void policy(Policy policy) {
        number(policy.limit());
        constant(policy.order());
        optional(policy.maxQueued());
        constant(policy.overflow());
        number(policy.priority());
        optional(policy.parent(), this::group);
    }

    void policy(SharedPolicy policy) {
        policy(policy.policy());
        constant(policy.whenLost());
    }

    void claim(Claim claim) {
        group(claim.group());
        number(claim.slots());
        flag(claim.exclusive());
        number(claim.limit());
    }

    void request(Request request) {
        key(request.key());
        owner(request.owner());
        list(request.claims(), this::claim);
        constant(request.behavior());
        number(request.priority());
        optional(request.maxQueued());
        optional(request.deadline(), this::instant);
        list(request.within(), this::key);
        list(request.stalls(), this::key);
    }
}
