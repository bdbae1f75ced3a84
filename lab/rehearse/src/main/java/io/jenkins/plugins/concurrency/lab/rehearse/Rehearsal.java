package io.jenkins.plugins.concurrency.lab.rehearse;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Job;
import io.jenkins.plugins.concurrency.lab.rehearse.build.World;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Sandboxed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan in virtual time, on one thread. */
public final class Rehearsal {
    private final Plan plan;
    private final World world;

    private Rehearsal(Plan plan) {
        this.plan = plan;
        this.world = new World(plan);
    }

    /**
     * @return what happened
     * @throws RehearsalException if a Jenkinsfile cannot be read, or it all takes too long
     */
    public static Journal run(Plan plan) {
        Rehearsal rehearsal = new Rehearsal(plan);
        Sandboxed.run(rehearsal.world.time(), rehearsal::run);
        return rehearsal.world.journal();
    }

    private void run() {
        Map<String, Plan.PlannedJob> files = new HashMap<>();
        plan.jobs().forEach(job -> files.put(job.name(), job));
        Map<String, Job> jobs = new LinkedHashMap<>();
        List<Plan.Start> starts = new ArrayList<>(plan.starts());
        starts.sort(Comparator.comparing(Plan.Start::at));
        for (Plan.PlannedJob planned : plan.jobs()) {
            add(planned.name(), planned, jobs);
        }
        for (Plan.Start start : starts) {
            String name = Plan.jobOf(start.job(), start.branch());
            Job job = add(name, files.get(start.job()), jobs);
            world.time()
                    .in(
                            start.at(),
                            () -> world.schedule(
                                    job, start.branch(), new LinkedHashMap<>(start.parameters()), null, List.of()));
        }
        live();
    }

    private Job add(String name, Plan.PlannedJob planned, Map<String, Job> jobs) {
        return jobs.computeIfAbsent(name, full -> {
            Job job = new Job(
                    full,
                    String.valueOf(planned.file().getFileName()),
                    world.sources().script(planned.file()));
            world.add(job);
            return job;
        });
    }

    private void live() {
        while (true) {
            long deadline = world.locks().nextDeadline();
            long next = Math.min(deadline, world.time().next());
            if (next > plan.until()) {
                break;
            }
            if (deadline <= world.time().next()) {
                world.time().advanceTo(deadline);
                world.locks().expire();
            } else {
                world.time().step();
            }
        }
        world.sources()
                .unknownTypes()
                .forEach(type -> world.journal().notRehearsed("class " + type, "all that name it"));
        world.journal().builds().stream()
                .filter(build -> build.result().isEmpty())
                .forEach(build ->
                        world.journal().warn("unfinished", build.name() + " had not ended when the rehearsal did."));
    }
}
