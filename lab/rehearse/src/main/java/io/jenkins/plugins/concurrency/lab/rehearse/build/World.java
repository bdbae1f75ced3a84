package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Executors;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.VirtualTime;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.locks.Locks;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Budget;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.StepTimes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The controller that is rehearsed: its jobs, its groups, its executors, its time. For one thread. */
public final class World {
    private final Plan plan;
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal(time);
    private final Locks locks;
    private final Executors executors;
    private final StepTimes stepTimes;
    private final Budget budget;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Sources sources;

    public World(Plan plan) {
        this.plan = plan;
        this.locks = new Locks(time, journal, plan.settings().policies(plan.jobNames()));
        this.executors = new Executors(time, journal, plan.executors());
        this.stepTimes = new StepTimes(plan.steps(), plan.seed());
        this.budget = new Budget(time, plan.mostSteps(), plan.seconds());
        this.sources = new Sources(plan.libraries());
    }

    public Plan plan() {
        return plan;
    }

    public VirtualTime time() {
        return time;
    }

    public Journal journal() {
        return journal;
    }

    public Locks locks() {
        return locks;
    }

    public Executors executors() {
        return executors;
    }

    public StepTimes stepTimes() {
        return stepTimes;
    }

    Budget budget() {
        return budget;
    }

    public Sources sources() {
        return sources;
    }

    /** Adds a job. */
    public void add(Job job) {
        jobs.put(job.name(), job);
    }

    /** A job by its full name, or as seen from another one's folder. */
    public Optional<Job> find(String name, Job from) {
        String relative = from.folder().isEmpty() ? name : from.folder() + "/" + name;
        return Optional.ofNullable(jobs.get(relative))
                .or(() -> Optional.ofNullable(jobs.get(name.replaceFirst("^/", ""))));
    }

    /**
     * Schedules a build now.
     *
     * @param upstream the build that starts it; null if none
     * @param around the leases of that, if it waits
     */
    public Build schedule(
            Job job, String branch, Map<String, Object> parameters, Build upstream, List<RequestKey> around) {
        Build same = job.sameInQueue(parameters).orElse(null);
        if (same != null) {
            journal.note(same.name(), "", Event.Kind.NOTE, "", "is scheduled again, which is the same");
            return same;
        }
        BuildEntry entry = journal.scheduled(job.name(), branch);
        Build build = new Build(this, job, entry, parameters, upstream, around);
        job.scheduled(build);
        journal.note(entry.name(), "", Event.Kind.SCHEDULED, "", "is scheduled");
        new Entry(build).enter();
        return build;
    }
}
