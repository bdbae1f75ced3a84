package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.simulator.RecordedBuilds.Build;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.LimitChange;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.Recorded;
import io.jenkins.plugins.concurrency.lab.simulator.Scenario.SimulatedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a Jenkins wrote down: as it was, and as it would have been with other limits. */
final class RecordedScenario implements Scenarios {
    /** Builds that differ in nothing but their times. */
    private record Kind(GroupKey group, String job, int slots, int priority) {}

    private final String title;
    private final Map<Kind, List<Build>> builds;
    private final Map<GroupKey, List<Build>> groups;
    private final long until;
    private final List<Integer> limits;
    private final Order order;
    private final Behavior behavior;

    /** @param limits those of the variants that come after what was recorded; each is for all groups in the file */
    RecordedScenario(Path file, List<Integer> limits, Order order, Behavior behavior) {
        List<Build> recorded = RecordedBuilds.read(file).builds();
        title = String.valueOf(file.getFileName());
        builds = recorded.stream()
                .collect(Collectors.groupingBy(
                        build -> new Kind(key(build), build.job(), build.slots(), build.priority()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        groups = recorded.stream()
                .collect(Collectors.groupingBy(RecordedScenario::key, LinkedHashMap::new, Collectors.toList()));
        until = recorded.stream().mapToLong(Build::start).max().orElseThrow() + 1;
        this.limits = limits;
        this.order = order;
        this.behavior = behavior;
        limits.stream().filter(limit -> limit < 1).findFirst().ifPresent(limit -> {
            throw new ScenarioException("--limit " + limit + ": a group has 1 slot or more");
        });
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String about() {
        return "Builds that a Jenkins recorded.";
    }

    @Override
    public List<Scenario> variants(OptionalLong seed) {
        List<Scenario> variants = new ArrayList<>();
        variants.add(asItWas(seed.orElse(1)));
        limits.forEach(limit -> variants.add(with(limit, seed.orElse(1))));
        return variants;
    }

    private static GroupKey key(Build build) {
        try {
            return new GroupKey(Scope.CONTROLLER, "", build.group().isEmpty() ? "recorded" : build.group());
        } catch (InvalidRequestException e) {
            throw new ScenarioException("a group of the file cannot be: " + e.getMessage());
        }
    }

    private Scenario asItWas(long seed) {
        Map<GroupKey, Policy> policies = new LinkedHashMap<>();
        List<LimitChange> changes = new ArrayList<>();
        groups.forEach((group, all) -> {
            List<Build> known = all.stream()
                    .filter(build -> build.limit() > 0)
                    .sorted(Comparator.comparingLong(Build::end))
                    .toList();
            int limit = known.isEmpty() ? mostSlots(all) : known.get(0).limit();
            policies.put(group, Policy.ofLimit(limit).withOrder(order));
            for (Build build : known) {
                if (build.limit() != limit) {
                    limit = build.limit();
                    changes.add(new LimitChange(build.end(), group, limit));
                }
            }
        });
        return new Scenario("as recorded", seed, until, 0, policies, jobs(Integer.MAX_VALUE, true), changes);
    }

    private static int mostSlots(List<Build> builds) {
        return builds.stream().mapToInt(Build::slots).max().orElseThrow();
    }

    private Scenario with(int limit, long seed) {
        Map<GroupKey, Policy> policies = new LinkedHashMap<>();
        groups.keySet()
                .forEach(group -> policies.put(group, Policy.ofLimit(limit).withOrder(order)));
        return new Scenario("limit " + limit, seed, until, 0, policies, jobs(limit, false), List.of());
    }

    /** @param most the slots that there are: who had more takes so many */
    private List<SimulatedJob> jobs(int most, boolean compared) {
        List<SimulatedJob> jobs = new ArrayList<>();
        builds.forEach((kind, all) -> {
            RecordedBuilds of = new RecordedBuilds(all);
            int slots = Math.min(kind.slots(), most);
            jobs.add(new SimulatedJob(
                    kind.job(),
                    Arrivals.at(of.starts()),
                    Durations.recorded(of.durations()),
                    List.of(new Claim(kind.group(), slots, false, Claim.ANY_LIMIT)),
                    behavior,
                    kind.priority(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    all.stream()
                            .map(build -> new Recorded(build.place(), compared ? build.waited() : OptionalLong.empty()))
                            .toList()));
        });
        return jobs;
    }
}
