package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.Answer;
import io.jenkins.plugins.concurrency.cluster.Call;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** How requests come to the shared groups, and what these say comes back. */
interface SharedCalls {
    /** Makes a call, now or when the database answers. What comes of it is told; the answer tells of failures only. */
    CompletableFuture<Answer> submit(Call call);

    /** An effect as this controller names builds. */
    Effect translated(Effect effect);

    /** A time by the controller's clock, as the database's clock has it. */
    Instant atDatabase(Instant here);

    /** If the database does not answer, the build that asks is told so. */
    void tellIfAway(RequestKey key);
}
