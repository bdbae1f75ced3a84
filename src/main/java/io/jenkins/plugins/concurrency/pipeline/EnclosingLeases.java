package io.jenkins.plugins.concurrency.pipeline;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Which {@code concurrency} blocks of the same branch a step is inside of. Part of a body's context. */
final class EnclosingLeases implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Long> keys;

    private EnclosingLeases(ArrayList<Long> keys) {
        this.keys = keys;
    }

    static EnclosingLeases none() {
        return new EnclosingLeases(new ArrayList<>());
    }

    /** The context inside one more block. */
    EnclosingLeases and(RequestKey key) {
        ArrayList<Long> more = new ArrayList<>(keys);
        more.add(key.value());
        return new EnclosingLeases(more);
    }

    List<RequestKey> keys() {
        return keys.stream().map(RequestKey::new).toList();
    }
}
