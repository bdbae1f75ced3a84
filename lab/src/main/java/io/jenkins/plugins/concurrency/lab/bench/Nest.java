package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.InstantSource;

/** Builds that each hold a group and wait, inside that block, for what the next one holds: a chain without an end. */
final class Nest implements Searched {
    private static final int OUTER = 0;
    private static final int INNER = 1;

    private final Engine engine = Engine.open(InstantSource.system());
    private final int builds;

    Nest(int builds) {
        this.builds = builds;
        for (int build = 0; build <= builds + 1; build++) {
            engine.request(Request.of(key(build, OUTER), owner(build), Behavior.QUEUE, Claim.of(group(build), 1)));
        }
        for (int build = 1; build < builds; build++) {
            engine.request(inner(build, build + 1));
        }
        // So that the one who comes and goes keeps somebody waiting, and may close a circle.
        engine.request(inner(builds + 1, 0));
    }

    /** The first build waits for the second, which others wait for in a long chain, and gives up. */
    @Override
    public int comeAndGo() {
        int effects = engine.request(inner(0, 1)).size();
        engine.end(key(0, INNER));
        return effects;
    }

    /** The last build asks for what the first one of the chain holds. */
    int closeTheCircle() {
        return engine.request(inner(builds, 1)).size();
    }

    private static Request inner(int build, int waitsFor) {
        return Request.of(key(build, INNER), owner(build), Behavior.QUEUE, Claim.of(group(waitsFor), 1))
                .inside(key(build, OUTER));
    }

    private static GroupKey group(int build) {
        return new GroupKey(Scope.FOLDER, "", "group" + build);
    }

    private static Owner owner(int build) {
        return Owner.build("job" + build, 1);
    }

    private static RequestKey key(int build, int which) {
        return new RequestKey(2L * build + which);
    }
}
