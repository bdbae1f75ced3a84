package io.jenkins.plugins.concurrency.lab.rehearse.build;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Results;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Running;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** One build, from when it is scheduled. For one thread. */
public final class Build {
    private final World world;
    private final Job job;
    private final BuildEntry entry;
    private final Map<String, Object> parameters;
    private final Build upstream;
    private final List<RequestKey> around;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final List<Consumer<Build>> ends = new ArrayList<>();
    private final Program program;
    private String result;
    private String interrupted;
    private Running running;
    private int milestone = -1;

    /**
     * @param upstream the build that started it; null if none
     * @param around the leases of a build that waits for it, in whose blocks it runs; none if none waits
     */
    Build(
            World world,
            Job job,
            BuildEntry entry,
            Map<String, Object> parameters,
            Build upstream,
            List<RequestKey> around) {
        this.world = world;
        this.job = job;
        this.entry = entry;
        this.parameters = parameters;
        this.upstream = upstream;
        this.around = List.copyOf(around);
        this.program = new Program(world.time(), world.budget(), new Variables(this));
    }

    public World world() {
        return world;
    }

    public Job job() {
        return job;
    }

    public int number() {
        return entry.number();
    }

    public BuildEntry entry() {
        return entry;
    }

    /** As Jenkins writes it. */
    public String name() {
        return entry.name();
    }

    public Program program() {
        return program;
    }

    /** As the engine knows it. */
    public Owner owner() {
        return Owner.build(job.name(), entry.number());
    }

    /** The build at the top of the chain of those that each started the next. */
    public Build topmost() {
        return upstream == null ? this : upstream.topmost();
    }

    /** The leases that do not end before this build has. */
    public List<RequestKey> around() {
        return around;
    }

    public Map<String, Object> parameters() {
        return parameters;
    }

    /** The variables of the whole build; those of blocks come on top of them. */
    public Map<String, String> env() {
        return env;
    }

    /** Null as long as all is well. */
    public String result() {
        return result;
    }

    /** What it would end as now: a build that was stopped is worse than it says itself. */
    public String resultSoFar() {
        String worst = Results.worse(result, interrupted);
        return worst == null ? "SUCCESS" : worst;
    }

    /** It only gets worse. */
    public void worsen(String to) {
        result = Results.worse(result, to);
    }

    /** For conditions of {@code post}, which see a result that is not said yet. */
    public void assume(String other) {
        result = other;
    }

    /** The last milestone it passed; -1 before the first. */
    public int milestone() {
        return milestone;
    }

    public void passMilestone(int ordinal) {
        milestone = ordinal;
    }

    /** Something happened in it, here. */
    public void note(Event.Kind kind, String group, String text) {
        note(program.context(), kind, group, text);
    }

    /** Something happened in it. */
    public void note(Context where, Event.Kind kind, String group, String text) {
        world.journal().note(name(), String.join("/", where.branch()), kind, group, text);
    }

    /** Whether it has started and not ended. */
    public boolean isRunning() {
        return running != null && entry.result().isEmpty();
    }

    /** Whether it waits in the queue. */
    boolean isQueued() {
        return running == null && entry.result().isEmpty();
    }

    /** Told when it has ended; at once if it has. */
    public void whenEnded(Consumer<Build> then) {
        if (entry.result().isEmpty()) {
            ends.add(then);
        } else {
            world.time().soon(() -> then.accept(this));
        }
    }

    void start(Task main) {
        entry.start(world.time().millis(), job.started(this));
        env.putAll(Environments.of(job, entry));
        parameters.forEach((name, value) -> env.put(name, String.valueOf(value)));
        world.journal().note(name(), "", Event.Kind.STARTED, "", "starts");
        running = main.start(Context.ROOT, this::ended);
    }

    /** Stops all that it does. */
    public void interrupt(FlowInterruptedException cause) {
        if (isRunning()) {
            // It ends so even if its program catches this.
            interrupted = Results.worse(interrupted, cause.getResult());
            running.stop(cause);
        }
    }

    /** Ends one that has not started. */
    void refuse(String how, String why) {
        end(how, why);
    }

    private void ended(Outcome outcome) {
        String how = resultSoFar();
        String why = "";
        if (outcome.isFailure()) {
            Throwable failure = outcome.getAbnormal();
            how = Results.worse(how, Results.of(failure));
            why = told(failure);
        }
        end(how, why);
    }

    private static String told(Throwable failure) {
        String message = failure.getMessage();
        boolean plain = failure instanceof hudson.AbortException || failure instanceof InterruptedException;
        return plain && message != null
                ? message
                : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private void end(String how, String why) {
        entry.end(world.time().millis(), how, why.lines().findFirst().orElse(""));
        world.journal().note(name(), "", Event.Kind.ENDED, "", how + (why.isEmpty() ? "" : ": " + why));
        List.copyOf(ends).forEach(then -> then.accept(this));
    }
}
