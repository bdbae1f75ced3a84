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

/**
 * Pairs of builds: one holds a slot of a pool and waits inside that for what the other one holds, which waits inside that
 * for the pool, half of which somebody else has. It is no deadlock, but each that gets in changes what is free for all.
 */
final class Pool implements Searched {
    private static final GroupKey POOL = group("pool");

    private final Engine engine = Engine.open(InstantSource.system());

    /** @param others how many groups each build holds beside the one that the other one waits for */
    Pool(int waiting, Order order, int others) {
        int pairs = waiting / 2;
        engine.declare(Map.of(POOL, Policy.ofLimit(2 * pairs).withOrder(order)));
        for (int pair = 0; pair < pairs; pair++) {
            outer(2 * pair, List.of(Claim.of(POOL, Claim.ANY_LIMIT)));
            List<Claim> claims = new ArrayList<>(List.of(Claim.of(group("of " + pair), 1)));
            for (int other = 0; other < others; other++) {
                claims.add(Claim.of(group("of " + pair + " " + other), 1));
            }
            outer(2 * pair + 1, claims);
        }
        // A request has at most a thousand slots.
        for (int left = pairs, build = -1; left > 0; left -= Request.MAX_SLOTS, build--) {
            outer(build, List.of(new Claim(POOL, Math.min(left, Request.MAX_SLOTS), false, Claim.ANY_LIMIT)));
        }
        for (int pair = 0; pair < pairs; pair++) {
            inner(2 * pair, 1, group("of " + pair));
            inner(2 * pair + 1, 1, POOL);
        }
    }

    @Override
    public int comeAndGo() {
        int effects = inner(1, 2, POOL);
        engine.end(key(1, 2));
        return effects;
    }

    private void outer(int build, List<Claim> claims) {
        engine.request(Request.of(key(build, 0), owner(build), Behavior.QUEUE, claims.toArray(Claim[]::new)));
    }

    private int inner(int build, int which, GroupKey group) {
        Request request = Request.of(key(build, which), owner(build), Behavior.QUEUE, Claim.of(group, Claim.ANY_LIMIT));
        return engine.request(request.inside(key(build, 0))).size();
    }

    private static RequestKey key(int build, int which) {
        return new RequestKey(3L * build + which);
    }

    private static Owner owner(int build) {
        return Owner.build("job" + build, 1);
    }

    private static GroupKey group(String name) {
        return new GroupKey(Scope.FOLDER, "", name);
    }
}
