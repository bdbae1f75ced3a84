package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What is to be told again to those that hold something, should their controller not have heard it. */
final class Leases {
    private static final Comparator<RequestKey> BY_VALUE = Comparator.comparingLong(RequestKey::value);

    private final Map<RequestKey, Long> fences = new TreeMap<>(BY_VALUE);
    private final Map<RequestKey, Effect.CancelRunning> cancelled = new TreeMap<>(BY_VALUE);
    private long lastFence;

    /** @param seq of the entry that caused this; the fence of its first grant, unless an entry before had several */
    void note(long seq, Effect effect) {
        if (effect instanceof Effect.Granted granted) {
            lastFence = Math.max(lastFence + 1, seq);
            fences.put(granted.request(), lastFence);
        } else if (effect instanceof Effect.CancelRunning cancel) {
            cancelled.put(cancel.request(), cancel);
        } else if (effect instanceof Effect.Left || effect instanceof Effect.Ended) {
            fences.remove(effect.request());
            cancelled.remove(effect.request());
        }
    }

    long fence(RequestKey key) {
        return fences.getOrDefault(key, 0L);
    }

    Map<RequestKey, Long> fences() {
        return fences;
    }

    Map<RequestKey, Effect.CancelRunning> cancelled() {
        return cancelled;
    }

    long lastFence() {
        return lastFence;
    }

    void restore(long fence, Map<RequestKey, Long> byRequest, Iterable<Effect.CancelRunning> toLeave) {
        lastFence = fence;
        fences.putAll(byRequest);
        toLeave.forEach(cancel -> cancelled.put(cancel.request(), cancel));
    }
}
