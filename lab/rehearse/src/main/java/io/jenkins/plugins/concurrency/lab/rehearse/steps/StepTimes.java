package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.VirtualTime;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.StepPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Steps that only take time. For one thread. */
public final class StepTimes {
    private static final Map<String, Long> USUAL = Map.of(
            "sh",
            10_000L,
            "bat",
            10_000L,
            "powershell",
            10_000L,
            "pwsh",
            10_000L,
            "checkout",
            5_000L,
            "git",
            5_000L,
            "input",
            60_000L);

    /** What steps return that programs go on with as it is. */
    private static final Map<String, Object> RETURNED = Map.of(
            "readFile", "",
            "fileExists", false,
            "findFiles", List.of(),
            "readJSON", Map.of(),
            "readYaml", Map.of(),
            "readProperties", Map.of(),
            "libraryResource", "",
            "junit", Map.of("failCount", 0, "passCount", 0, "skipCount", 0, "totalCount", 0));

    private final List<StepPlan> plans;
    private final Random random;
    private final Map<StepPlan, Integer> runs = new HashMap<>();

    public StepTimes(List<StepPlan> plans, long seed) {
        this.plans = plans;
        this.random = new Random(seed);
    }

    /** For how long one run of a step goes on, in milliseconds. */
    public long millis(String step, String argument) {
        return plan(step, argument).map(this::millis).orElseGet(() -> USUAL.getOrDefault(step, 0L));
    }

    private long millis(StepPlan plan) {
        return plan.sigma() == 0
                ? plan.median()
                : Math.round(plan.median() * Math.exp(plan.sigma() * random.nextGaussian()));
    }

    private java.util.Optional<StepPlan> plan(String step, String argument) {
        return StepPlan.first(plans, step, argument);
    }

    /** Whether the plan says anything of a step. */
    public boolean isPlanned(String step, String argument) {
        return plan(step, argument).filter(plan -> !plan.step().equals("*")).isPresent();
    }

    private static Object orUsual(String step, Object otherwise) {
        return otherwise == null ? RETURNED.get(step) : otherwise;
    }

    /** @param otherwise what it returns if the plan does not say */
    public Task task(VirtualTime time, String step, String argument, Object otherwise) {
        StepPlan plan = plan(step, argument).orElse(null);
        Task task = Tasks.delay(
                time,
                millis(step, argument),
                plan == null || plan.returns() == null ? orUsual(step, otherwise) : plan.returns());
        if (plan != null && plan.fails() > 0 && runs.merge(plan, 1, Integer::sum) % plan.fails() == 0) {
            return Tasks.mapped(
                    task,
                    outcome -> outcome.isFailure()
                            ? outcome
                            : new Outcome(null, new AbortException("The plan has '" + step + "' fail")));
        }
        return task;
    }
}
