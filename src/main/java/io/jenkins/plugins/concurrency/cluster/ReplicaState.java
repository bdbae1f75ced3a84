package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.AsideRequest;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.EngineSnapshot;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.List;
import java.util.Map;

/** All that a {@link Replica} knows after the entry of this number. */
record ReplicaState(
        long seq,
        long at,
        EngineSnapshot engine,
        List<AsideRequest> aside,
        Map<String, Standing> members,
        Map<String, Declarations.Declared> declared,
        long lastFence,
        Map<RequestKey, Long> fences,
        List<Effect.CancelRunning> cancelled) {}
