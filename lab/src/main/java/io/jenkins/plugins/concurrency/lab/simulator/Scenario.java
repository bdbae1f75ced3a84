package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One variant of what is to be simulated.
 *
 * @param name what sets it apart from the others of its file; empty if it is the only one
 * @param until for how long builds come, in milliseconds
 * @param leaving how long a cancelled build takes to leave, in milliseconds
 */
record Scenario(
        String name,
        long seed,
        long until,
        long leaving,
        Map<GroupKey, Policy> groups,
        List<SimulatedJob> jobs,
        List<LimitChange> limits) {

    /** Somebody gives a group another limit, so many milliseconds from the start. */
    record LimitChange(long at, GroupKey group, int limit) {}

    /**
     * A job, when its builds come, how long they run, and what they ask for. Several of one name are one job whose builds ask
     * for different things.
     *
     * @param recorded what is known of each of its builds, if they are real ones; empty otherwise
     */
    record SimulatedJob(
            String name,
            Arrivals arrivals,
            Durations durations,
            List<Claim> claims,
            Behavior behavior,
            int priority,
            OptionalInt maxQueued,
            OptionalLong waitTimeout,
            List<Recorded> recorded) {}

    /**
     * A build on a Jenkins.
     *
     * @param place its place among all builds that were recorded: the order of those that came in the same moment
     * @param waited for how long, in milliseconds; empty if that is not to be compared
     */
    record Recorded(long place, OptionalLong waited) {}
}
