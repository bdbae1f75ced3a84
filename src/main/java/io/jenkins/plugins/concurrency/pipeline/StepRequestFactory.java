package io.jenkins.plugins.concurrency.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Choice;
import io.jenkins.plugins.concurrency.manager.EndResult;
import io.jenkins.plugins.concurrency.manager.GroupResolver;
import io.jenkins.plugins.concurrency.manager.RequestParameters;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Turns what a Jenkinsfile says into a request. */
final class StepRequestFactory {
    private StepRequestFactory() {}

    /**
     * @throws InvalidRequestException if the step asks for something impossible; the message says what to do
     */
    static Request create(ConcurrencyStep step, Run<?, ?> run, EnclosingLeases enclosing) {
        Behavior behavior = Choice.of(Behavior.class, "behavior", step.getBehavior());
        Choice.of(EndResult.class, "result", step.getResult());
        RequestParameters.variable(step.getVariable());
        List<Claim> claims = new ArrayList<>();
        String own = step.getGroup() == null ? null : RequestParameters.givenGroup(step.getGroup());
        claims.add(claim(run, own, step.getScope(), step.getSlots(), step.isExclusive(), step.getLimit()));
        for (ExtraGroup extra : step.getExtra()) {
            claims.add(claim(
                    run, givenGroup(extra), extra.getScope(), extra.getSlots(), extra.isExclusive(), extra.getLimit()));
        }
        return new Request(
                RequestKey.random(),
                Runs.owner(run),
                claims,
                behavior,
                step.getPriority(),
                RequestParameters.maxQueued(step.getMaxQueued()),
                RequestParameters.deadline(step.getWaitTimeout(), step.getUnit()),
                Stream.concat(enclosing.keys().stream(), Upstreams.leasesAround(run.getCauses()).stream())
                        .toList());
    }

    /** One without a name is a mistake, such as a misspelt parameter: it is not the job's own group. */
    private static String givenGroup(ExtraGroup extra) {
        String group = extra.getGroup();
        if (group == null || group.isBlank()) {
            throw new InvalidRequestException("One of the groups in 'extra' has no name. Give each a 'group', such as"
                    + " extra: [[group: 'licence', limit: 2]].");
        }
        return group;
    }

    private static Claim claim(Run<?, ?> run, String group, String scope, int slots, boolean exclusive, int limit) {
        return new Claim(
                GroupResolver.resolve(run, group, Choice.optional(Scope.class, "scope", scope)),
                slots,
                exclusive,
                RequestParameters.limit(limit));
    }
}
