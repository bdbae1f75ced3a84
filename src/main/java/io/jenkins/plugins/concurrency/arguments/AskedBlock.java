package io.jenkins.plugins.concurrency.arguments;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a {@code concurrency} step asks for, as its Jenkinsfile says it.
 *
 * @param maxQueued null for a queue without bound
 * @param waitTimeout in units of {@code unit}; 0 for as long as it takes
 * @param variable for the numbers of the slots; null for none
 * @param fence the variable for a number that only grows; null for none
 * @since 1.0
 */
public record AskedBlock(
        AskedGroup first,
        List<AskedGroup> extra,
        String behavior,
        int priority,
        Integer maxQueued,
        long waitTimeout,
        TimeUnit unit,
        String result,
        String variable,
        String fence) {

    public AskedBlock {
        extra = List.copyOf(extra);
    }

    /**
     * The request of a build that comes to this step now.
     *
     * @param within the leases that do not end before this one
     * @throws InvalidRequestException if the step asks for something impossible; the message says what to do
     */
    public Request request(
            RequestKey key, Owner owner, GroupFinder finder, InstantSource clock, List<RequestKey> within) {
        Behavior checked = Choice.of(Behavior.class, "behavior", behavior);
        Choice.of(EndResult.class, "result", result);
        RequestParameters.variable("variable", variable, "SLOT");
        RequestParameters.variable("fence", fence, "FENCE");
        List<Claim> claims = new ArrayList<>();
        claims.add(first.asFirst(finder));
        extra.forEach(further -> claims.add(further.asFurther(finder)));
        return new Request(
                key,
                owner,
                claims,
                checked,
                priority,
                RequestParameters.maxQueued(maxQueued),
                RequestParameters.deadline(waitTimeout, unit, clock),
                within);
    }
}
