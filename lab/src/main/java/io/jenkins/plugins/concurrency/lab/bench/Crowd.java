package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** An engine with as many running and waiting requests as wanted, and one more that comes for each that leaves. */
final class Crowd {
    private static final int JOBS = 100;
    private static final int LIMIT = 5;

    private final Engine engine = Engine.open(InstantSource.system());
    private final List<GroupKey> groups = new ArrayList<>();
    private final List<Queue<RequestKey>> running = new ArrayList<>();
    private final int claims;
    private long keys;

    /** @param waiting in each group */
    Crowd(int groupCount, int waiting, int claims, Order order) {
        this.claims = claims;
        Map<GroupKey, Policy> policies = new HashMap<>();
        for (int i = 0; i < groupCount * claims; i++) {
            groups.add(new GroupKey(Scope.FOLDER, "some/folder", "group" + i));
            policies.put(groups.get(i), Policy.ofLimit(LIMIT).withOrder(order));
        }
        engine.declare(policies);
        for (int group = 0; group < groupCount; group++) {
            running.add(new ArrayDeque<>());
            for (int i = 0; i < LIMIT + waiting; i++) {
                come(group);
            }
        }
    }

    Engine engine() {
        return engine;
    }

    GroupKey group(int index) {
        return groups.get(index);
    }

    int groupCount() {
        return running.size();
    }

    /** One request comes and one lease ends, so that just as many wait as before. */
    int pair(int group) {
        come(group);
        carryOut(engine.end(running.get(group).remove()), group);
        return running.get(group).size();
    }

    private void come(int group) {
        long key = keys++;
        List<Claim> wanted = new ArrayList<>(claims);
        for (int i = 0; i < claims; i++) {
            GroupKey known = groups.get(group * claims + i);
            wanted.add(Claim.of(new GroupKey(known.scope(), known.context(), known.name()), LIMIT));
        }
        Owner owner = Owner.build("some/folder/job" + key % JOBS, key);
        carryOut(
                engine.request(Request.of(new RequestKey(key), owner, Behavior.QUEUE, wanted.toArray(Claim[]::new))),
                group);
    }

    private void carryOut(List<Effect> effects, int group) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Granted granted) {
                running.get(group).add(granted.request());
            }
        }
    }
}
