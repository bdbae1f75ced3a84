package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.time.InstantSource;
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

    private static long size(int waiting, int jobs, int claims, boolean deadline) {
        Engine engine = Engine.open(InstantSource.system());
        for (int i = 0; i < LIMIT + waiting; i++) {
            Claim[] wanted = new Claim[claims];
            for (int claim = 0; claim < claims; claim++) {
                wanted[claim] = Claim.of(new GroupKey(Scope.FOLDER, "some/" + "folder", "deploy" + claim), LIMIT);
            }
            Owner owner = Owner.build("some/folder/job" + i % jobs, i);
            Request request = Request.of(new RequestKey(i), owner, Behavior.QUEUE, wanted);
            engine.request(deadline ? request.withDeadline(Instant.now().plusSeconds(3600L + i)) : request);
        }
        return GraphLayout.parseInstance(engine).totalSize();
    }
}
