package io.jenkins.plugins.concurrency.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Contexts;
import io.jenkins.plugins.concurrency.manager.EndResult;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.Upstreams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Turns what a Jenkinsfile says into a request. */
final class Requests {
    private Requests() {}

    /**
     * @throws InvalidRequestException if the step asks for something impossible; the message says what to do
     */
    static Request of(ConcurrencyStep step, Run<?, ?> run, EnclosingLeases enclosing) {
        Behavior behavior = Choice.of(Behavior.class, "behavior", step.getBehavior());
        Choice.of(EndResult.class, "result", step.getResult());
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(run, step.getGroup(), step.getScope(), step.getSlots(), step.isExclusive(), step.getLimit()));
        for (ExtraGroup extra : step.getExtra()) {
            claims.add(claim(
                    run, extra.getGroup(), extra.getScope(), extra.getSlots(), extra.isExclusive(), extra.getLimit()));
        }
        Integer bound = step.getMaxQueued();
        return new Request(
                RequestKey.random(),
                Runs.owner(run),
                claims,
                behavior,
                step.getPriority(),
                bound == null ? OptionalInt.empty() : OptionalInt.of(bound),
                deadline(step),
                Stream.concat(enclosing.keys().stream(), Upstreams.leasesAround(run.getCauses()).stream())
                        .toList());
    }

    private static Claim claim(Run<?, ?> run, String group, String scope, int slots, boolean exclusive, int limit) {
        if (limit < 1) {
            throw new InvalidRequestException("The limit is " + limit + ". Give 'limit' 1 or more.");
        }
        return new Claim(
                Contexts.resolve(run, group, Choice.optional(Scope.class, "scope", scope)), slots, exclusive, limit);
    }

    private static Optional<Instant> deadline(ConcurrencyStep step) {
        if (step.getWaitTimeout() < 0) {
            throw new InvalidRequestException("The longest wait is " + step.getWaitTimeout()
                    + ". Give 'waitTimeout' 1 or more, or leave it out to wait for as long as it takes.");
        }
        return step.getWaitTimeout() == 0
                ? Optional.empty()
                : Optional.of(Instant.now().plusMillis(step.getUnit().toMillis(step.getWaitTimeout())));
    }
}
