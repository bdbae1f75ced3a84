package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.SimulatedJob;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened in a simulation, by job and by group. */
final class Tally {
    private final Scenario scenario;
    private final EstimateTally estimates;
    private final WaitComparison comparison = new WaitComparison();
    private final Map<String, Figures> jobs = new LinkedHashMap<>();
    private final Map<GroupKey, GroupTally> groups = new LinkedHashMap<>();
    /** The group in whose queue a request is. */
    private final Map<RequestKey, GroupKey> waiting = new HashMap<>();

    private long builds;
    private long end;

    Tally(Scenario scenario, EstimateTally estimates) {
        this.scenario = scenario;
        this.estimates = estimates;
        scenario.groups()
                .forEach(
                        (key, policy) -> groups.put(key, new GroupTally(key.name(), policy.limit(), scenario.until())));
        for (SimulatedJob job : scenario.jobs()) {
            jobs.put(job.name(), new Figures());
            job.claims()
                    .forEach(claim -> groups.computeIfAbsent(
                            claim.group(), key -> new GroupTally(key.name(), claim.limit(), scenario.until())));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    EstimateTally estimates() {
        return estimates;
    }

    WaitComparison comparison() {
        return comparison;
    }

    Map<String, Figures> jobs() {
        return jobs;
    }

    List<GroupTally> groups() {
        return List.copyOf(groups.values());
    }

    long builds() {
        return builds;
    }

    /** When the last build ended, in milliseconds from the start. */
    long end() {
        return end;
    }

    private GroupTally group(GroupKey key) {
        return groups.get(key);
    }

    private Figures of(SimulatedJob job) {
        return jobs.get(job.name());
    }

    void came(SimulatedJob job, long now) {
        builds++;
        end = Math.max(end, now);
    }

    void waits(RequestKey key, GroupKey group, long now) {
        leaveQueue(key, now);
        waiting.put(key, group);
        group(group).queue().change(now, 1);
    }

    private void leaveQueue(RequestKey key, long now) {
        GroupKey group = waiting.remove(key);
        if (group != null) {
            group(group).queue().change(now, -1);
        }
    }

    void granted(SimulatedJob job, RequestKey key, List<Grant> grants, long came, long now) {
        leaveQueue(key, now);
        of(job).granted(now - came);
        grants.forEach(grant -> group(grant.group()).figures().granted(now - came));
    }

    void ended(SimulatedJob job, List<Grant> grants, long came, long started, long now) {
        end = Math.max(end, now);
        grants.forEach(grant -> group(grant.group()).ran(job.name(), grant, came, started, now));
    }

    void refused(SimulatedJob job, RequestKey key, Effect.Ended ended, long now) {
        leaveQueue(key, now);
        of(job).ended(ended.outcome());
        group(ended.group()).figures().ended(ended.outcome());
    }

    void cancelled(SimulatedJob job, GroupKey group) {
        of(job).cancelled();
        group(group).figures().cancelled();
    }

    void finish(long now) {
        end = Math.max(end, now);
        groups.values().forEach(group -> group.queue().finish(end));
    }
}
