package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose the requests were that ended lately: so whoever acts on one that has just ended, and may read its job, is told that
 * it is over.
 */
final class EndedRequests {
    private static final int MOST = 5_000;

    private final Map<RequestKey, Owner> owners = new LinkedHashMap<>();

    void add(Effect effect) {
        if (effect instanceof Effect.Ended ended) {
            add(ended.request(), ended.owner());
        } else if (effect instanceof Effect.Left left) {
            add(left.request(), left.owner());
        }
    }

    private synchronized void add(RequestKey key, Owner owner) {
        owners.put(key, owner);
        if (owners.size() > MOST) {
            Iterator<RequestKey> oldest = owners.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    synchronized Optional<Owner> owner(RequestKey key) {
        return Optional.ofNullable(owners.get(key));
    }
}
