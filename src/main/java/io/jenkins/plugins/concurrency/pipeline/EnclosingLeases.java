package io.jenkins.plugins.concurrency.pipeline;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which {@code concurrency} blocks of the same branch a step is inside of. Part of a body's context. */
final class EnclosingLeases implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Long> keys;

    private EnclosingLeases(ArrayList<Long> keys) {
        this.keys = keys;
    }

    static EnclosingLeases around(StepContext context) throws IOException, InterruptedException {
        EnclosingLeases around = context.get(EnclosingLeases.class);
        return around == null ? new EnclosingLeases(new ArrayList<>()) : around;
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
