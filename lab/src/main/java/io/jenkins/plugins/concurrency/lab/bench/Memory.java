package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jol.info.GraphLayout;

/**
 * How much memory a waiting request takes.
 *
 * @since 1.0
 */
public final class Memory {
    private static final int LIMIT = 5;

    private Memory() {}

    /**
     * Bytes for each waiting request, with all that the engine keeps of it. Every request comes with names of its own,
     * as from a build's program.
     *
     * @param jobs how many jobs they are of
     * @param claims of how many groups each asks for a slot
     */
    public static double perWaitingRequest(int waiting, int jobs, int claims, boolean deadline) {
        // Without it, the layout of records cannot be seen.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
        return (size(waiting, jobs, claims, deadline) - size(0, jobs, claims, deadline)) / (double) waiting;
    }

    /** The same of one group with so many ancestors. */
    public static double perWaitingRequestBelow(int waiting, int ancestors) {
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
        return (sizeBelow(waiting, ancestors) - sizeBelow(0, ancestors)) / (double) waiting;
    }

    private static long sizeBelow(int waiting, int ancestors) {
        Engine engine = Engine.open(InstantSource.system());
        Map<GroupKey, Policy> policies = new HashMap<>();
        for (int level = 0; level < ancestors; level++) {
            policies.put(group(level), Policy.ofLimit(LIMIT).under(group(level + 1), 0));
        }
        policies.put(group(ancestors), Policy.ofLimit(LIMIT));
        engine.declare(policies);
        fill(engine, waiting, 1, 1, false);
        return GraphLayout.parseInstance(engine).totalSize();
    }

    private static GroupKey group(int number) {
        return new GroupKey(Scope.FOLDER, "some/" + "folder", "deploy" + number);
    }

    private static long size(int waiting, int jobs, int claims, boolean deadline) {
        Engine engine = Engine.open(InstantSource.system());
        fill(engine, waiting, jobs, claims, deadline);
        return GraphLayout.parseInstance(engine).totalSize();
    }

    private static void fill(Engine engine, int waiting, int jobs, int claims, boolean deadline) {
        for (int i = 0; i < LIMIT + waiting; i++) {
            Claim[] wanted = new Claim[claims];
            for (int claim = 0; claim < claims; claim++) {
                wanted[claim] = Claim.of(group(claim), LIMIT);
            }
            Owner owner = Owner.build("some/folder/job" + i % jobs, i);
            Request request = Request.of(new RequestKey(i), owner, Behavior.QUEUE, wanted);
            engine.request(deadline ? request.withDeadline(Instant.now().plusSeconds(3600L + i)) : request);
        }
    }
}
