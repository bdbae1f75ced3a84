package io.jenkins.plugins.concurrency.queue;

import hudson.Util;
import hudson.model.Actionable;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.arguments.RequestParameters;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.GroupResolver;
import io.jenkins.plugins.concurrency.manager.Upstreams;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Turns what a job's property says into the request of a queue item. */
final class LimitRequestFactory {
    private LimitRequestFactory() {}

    /**
     * @param item for its causes and parameters
     * @return empty if the job has no limit, or none for what started this build, or the group is one of only those
     *     builds that this one will start
     * @throws InvalidRequestException if the property asks for something impossible; the message says what to do
     */
    static Optional<Request> create(Job<?, ?> job, Owner owner, Queue.Item item) {
        ConcurrencyLimitProperty property = SavedLimits.of(job);
        if (property == null || !property.appliesTo(item.getCauses())) {
            return Optional.empty();
        }
        String name =
                property.getGroup() == null ? null : RequestParameters.givenGroup(expand(property.getGroup(), item));
        return GroupResolver.resolve(
                        job, item.getCauses(), name, property.scope().orElse(null))
                .map(group -> request(property, owner, group, Upstreams.leasesAround(item.getCauses()))
                        .stalling(Upstreams.leasesUntilStart(item.getCauses())));
    }

    /** What a build of the job ends as when it is cancelled for a newer one. */
    static EndResult result(Job<?, ?> job) {
        ConcurrencyLimitProperty property = SavedLimits.of(job);
        return property == null ? EndResult.DEFAULT : property.getResult();
    }

    private static Request request(
            ConcurrencyLimitProperty property, Owner owner, GroupKey group, List<RequestKey> within) {
        Claim claim = new Claim(
                group, property.getSlots(), property.isExclusive(), RequestParameters.limit(property.getLimit()));
        return new Request(
                RequestKey.random(),
                owner,
                List.of(claim),
                property.getBehavior(),
                property.getPriority(),
                RequestParameters.maxQueued(property.getMaxQueued()),
                RequestParameters.deadline(property.getWaitTimeout(), property.getUnit(), InstantSource.system()),
                within);
    }

    /** A name that is left out of a group's would silently make one group of several: so an unknown one is an error. */
    private static String expand(String group, Actionable item) {
        return Util.replaceMacro(
                group,
                name -> item.getActions(ParametersAction.class).stream()
                        .flatMap(parameters -> parameters.getParameters().stream())
                        .filter(parameter -> parameter.getName().equals(name))
                        .findFirst()
                        .map(LimitRequestFactory::value)
                        .orElseThrow(
                                () -> new InvalidRequestException(
                                        "The group '" + group + "' names the parameter '" + name
                                                + "', which this build does not have. Add it to the job, or write $$ for a $.")));
    }

    private static String value(ParameterValue parameter) {
        if (parameter.isSensitive()) {
            throw new InvalidRequestException("The parameter '" + parameter.getName()
                    + "' is secret, and the name of a group is not. Use another parameter.");
        }
        return String.valueOf(parameter.getValue());
    }
}
