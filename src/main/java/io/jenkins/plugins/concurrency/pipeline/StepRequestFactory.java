package io.jenkins.plugins.concurrency.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.arguments.AskedBlock;
import io.jenkins.plugins.concurrency.arguments.AskedGroup;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.GroupResolver;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.Upstreams;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Turns what a Jenkinsfile says into a request. */
final class StepRequestFactory {
    private StepRequestFactory() {}

    /** The requests inside whose leases the step is, those of builds that wait for this one among them. May read builds. */
    static List<RequestKey> within(Run<?, ?> run, EnclosingLeases enclosing) {
        return Stream.concat(enclosing.keys().stream(), Upstreams.leasesAround(run.getCauses()).stream())
                .toList();
    }

    /**
     * @throws InvalidRequestException if the step asks for something impossible; the message says what to do
     */
    static Request create(ConcurrencyStep step, Run<?, ?> run, List<RequestKey> within) {
        return asked(step)
                .request(
                        RequestKey.random(),
                        Runs.owner(run),
                        (name, scope) -> GroupResolver.resolve(run, name, scope),
                        InstantSource.system(),
                        within);
    }

    private static AskedBlock asked(ConcurrencyStep step) {
        return new AskedBlock(
                new AskedGroup(step.getGroup(), step.getScope(), step.getSlots(), step.isExclusive(), step.getLimit()),
                step.getExtra().stream().map(StepRequestFactory::asked).toList(),
                step.getBehavior(),
                step.getPriority(),
                step.getMaxQueued(),
                step.getWaitTimeout(),
                step.getUnit(),
                step.getResult(),
                step.getVariable(),
                step.getFence());
    }

    private static AskedGroup asked(ExtraGroup extra) {
        return new AskedGroup(
                extra.getGroup(), extra.getScope(), extra.getSlots(), extra.isExclusive(), extra.getLimit());
    }
}
