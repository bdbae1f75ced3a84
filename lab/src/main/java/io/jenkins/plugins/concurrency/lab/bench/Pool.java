package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds that each hold a slot of a pool and wait for another one of it, half of which somebody else has. */
final class Pool implements Searched {
    private static final GroupKey POOL = group("pool");

    private final Engine engine = Engine.open(InstantSource.system());
    private final int builds;

    /** @param others how many groups each build holds beside the pool */
    Pool(int builds, Order order, int others) {
        this.builds = builds;
        engine.declare(Map.of(POOL, Policy.ofLimit(2 * builds).withOrder(order)));
        for (int build = 0; build < builds; build++) {
            List<Claim> claims = new ArrayList<>();
            claims.add(Claim.of(POOL, Claim.ANY_LIMIT));
            for (int other = 0; other < others; other++) {
                claims.add(Claim.of(group("of " + build + " " + other), 1));
            }
            engine.request(Request.of(outer(build), owner(build), Behavior.QUEUE, claims.toArray(Claim[]::new)));
        }
        // A request has at most a thousand slots.
        for (int left = builds, key = -2; left > 0; left -= Request.MAX_SLOTS, key--) {
            Claim wide = new Claim(POOL, Math.min(left, Request.MAX_SLOTS), false, Claim.ANY_LIMIT);
            engine.request(Request.of(new RequestKey(key), Owner.build("wide", -key), Behavior.QUEUE, wide));
        }
        for (int build = 0; build < builds; build++) {
            engine.request(inner(new RequestKey(2L * build + 1), build));
        }
    }

    @Override
    public int comeAndGo() {
        RequestKey key = new RequestKey(-1);
        int effects = engine.request(inner(key, builds / 2)).size();
        engine.end(key);
        return effects;
    }

    private static Request inner(RequestKey key, int build) {
        return Request.of(key, owner(build), Behavior.QUEUE, Claim.of(POOL, Claim.ANY_LIMIT))
                .inside(outer(build));
    }

    private static RequestKey outer(int build) {
        return new RequestKey(2L * build);
    }

    private static Owner owner(int build) {
        return Owner.build("job" + build, 1);
    }

    private static GroupKey group(String name) {
        return new GroupKey(Scope.FOLDER, "", name);
    }
}
