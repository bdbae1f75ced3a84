package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Parallel;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Program;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Blocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs stages: options around input around the agent around the conditions around the environment around the steps. */
final class StageRunner {
    /** The value of a stage whose conditions do not hold. */
    static final Object LEFT_OUT = new Object();

    private final Build build;
    private final Stage root;

    StageRunner(Build build, Stage root) {
        this.build = build;
        this.root = root;
    }

    /** One stage after the other; after a failure, the others are skipped. */
    Task stages(List<Stage> stages) {
        Task all = Tasks.done(build.world().time(), new Outcome(null, null));
        for (Stage stage : stages) {
            all = Tasks.then(
                    all,
                    outcome -> outcome.isFailure() || isSkippedWhenUnstable() ? skipped(stage, outcome) : stage(stage));
        }
        return all;
    }

    private boolean isSkippedWhenUnstable() {
        return "UNSTABLE".equals(build.result()) && root.has("skipStagesAfterUnstable");
    }

    private Task skipped(Stage stage, Outcome outcome) {
        return Blocks.stage(
                build, stage.name + " (skipped)", Tasks.done(build.world().time(), outcome));
    }

    private Task stage(Stage stage) {
        Task work = stage.parallel.isEmpty() ? work(stage) : environment(stage, parallel(stage));
        Task task = guarded(stage, "", work);
        // The order of what is around it, from the inside out.
        if (stage.parallel.isEmpty()) {
            task = agent(stage.agent, task);
            task = guarded(stage, "beforeAgent", task);
        }
        task = Inputs.around(stage.input, task, build);
        task = guarded(stage, "beforeInput", task);
        task = Wrappers.around(stage.options, task, build);
        task = guarded(stage, "beforeOptions", task);
        if (!stage.cell.isEmpty()) {
            task = Blocks.withEnv(stage.cell, task);
        }
        if (!stage.parallel.isEmpty()) {
            task = Post.after(task, stage.post, build);
        }
        return Blocks.stage(
                build,
                stage.name,
                Tasks.mapped(task, outcome -> outcome.isFailure() ? outcome : new Outcome(null, null)));
    }

    private Task work(Stage stage) {
        Task body = stage.steps == null ? stages(stage.stages) : steps(stage.steps);
        return environment(stage, Post.after(body, stage.post, build));
    }

    private Task steps(Closure<?> block) {
        return build.program().body(block);
    }

    private Task parallel(Stage stage) {
        Map<String, Task> branches = new LinkedHashMap<>();
        stage.parallel.forEach((name, branch) -> branches.put(name, stage(branch)));
        return new Parallel(build.world().time(), branches, stage.failFast || root.has("parallelsAlwaysFailFast"));
    }

    /** On an executor, if it asks for one of its own. */
    Task agent(Agent agent, Task body) {
        return agent == null || agent.none() ? body : Blocks.node(build, agent.label(), body);
    }

    /** With the variables of its environment, which may call steps to get them. */
    Task environment(Stage stage, Task body) {
        if (stage.environment == null) {
            return body;
        }
        return (context, then) -> {
            EnvironmentSection section = new EnvironmentSection();
            Task evaluation = build.program().body(Program.at(stage.environment, section));
            return Tasks.then(
                            evaluation,
                            outcome -> outcome.isFailure()
                                    ? Tasks.done(build.world().time(), outcome)
                                    : Blocks.withEnv(section.variables(), body))
                    .start(context, then);
        };
    }

    /** If its conditions hold, and are to be evaluated here. */
    private Task guarded(Stage stage, String moment, Task body) {
        if (stage.when == null || !moment.equals(Moments.of(stage, build))) {
            return body;
        }
        return (context, then) -> {
            Map<String, String> env = new HashMap<>(build.env());
            env.putAll(context.env());
            WhenSection section = new WhenSection(build, env);
            Task conditions = Tasks.then(
                    build.program().body(Program.at(stage.when, section)),
                    read -> read.isFailure()
                            ? Tasks.done(build.world().time(), read)
                            : Conditions.all(build, new ArrayList<>(section.conditions())));
            return Tasks.then(conditions, outcome -> {
                        if (outcome.isFailure() || Conditions.isTrue(outcome)) {
                            return outcome.isFailure()
                                    ? Tasks.done(build.world().time(), outcome)
                                    : body;
                        }
                        build.note(
                                context,
                                Event.Kind.NOTE,
                                "",
                                stage.name + " is left out, as its conditions do not hold");
                        return Tasks.done(build.world().time(), new Outcome(LEFT_OUT, null));
                    })
                    .start(context, then);
        };
    }
}
