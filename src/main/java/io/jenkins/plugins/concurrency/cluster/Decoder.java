package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.MovedPlace;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads what an {@link Encoder} wrote. */
final class Decoder {
    private final ByteBuffer in;

    Decoder(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** That nothing is left. */
    void end() {
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("There are " + in.remaining() + " bytes too many.");
        }
    }

    boolean flag() {
        return in.get() != 0;
    }

    int number() {
        return in.getInt();
    }

    long longNumber() {
        return in.getLong();
    }

    String text() {
        byte[] text = new byte[length()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** No list has more elements than there are bytes left, so that a damaged length takes no memory. */
    private int length() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    <T> List<T> list(Supplier<T> each) {
        int length = length();
        List<T> values = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            values.add(each.get());
        }
        return values;
    }

    <T> Optional<T> optional(Supplier<T> present) {
        return flag() ? Optional.of(present.get()) : Optional.empty();
    }

    OptionalInt optionalNumber() {
        return flag() ? OptionalInt.of(number()) : OptionalInt.empty();
    }

    OptionalLong optionalLong() {
        return flag() ? OptionalLong.of(longNumber()) : OptionalLong.empty();
    }

    Instant instant() {
        return Instant.ofEpochSecond(longNumber(), number());
    }

    RequestKey key() {
        return new RequestKey(longNumber());
    }

    GroupKey group() {
        return new GroupKey(constant(Scope.class), text(), text());
    }

    Owner owner() {
        return new Owner(text(), longNumber(), flag());
    }

    MovedPlace place() {
        return new MovedPlace(group(), longNumber());
    }

    Policy policy() {
        return new Policy(
                number(),
                constant(Order.class),
                optionalNumber(),
                constant(Overflow.class),
                number(),
                optional(this::group));
    }

    SharedPolicy sharedPolicy() {
        return new SharedPolicy(policy(), constant(WhenLost.class));
    }

    Claim claim() {
        return new Claim(group(), number(), flag(), number());
    }

    Request request() {
        return new Request(
                key(),
                owner(),
                list(this::claim),
                constant(Behavior.class),
                number(),
                optionalNumber(),
                optional(this::instant),
                list(this::key),
                list(this::key));
    }
}
