package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Parameters;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.PropertiesStep;
import java.util.LinkedHashMap;
import java.util.Map;

/** The block {@code pipeline { … }}. */
public final class Declarative {
    private Declarative() {}

    /** All that it does. */
    public static Task task(Build build, Object[] arguments) {
        if (arguments.length != 1 || !(arguments[0] instanceof Closure<?> block)) {
            return failed(build, "'pipeline' needs a block: pipeline { … }.");
        }
        Stage root = StageSection.read(block, "pipeline", "", Map.of(), build);
        if (root.agent == null) {
            return failed(
                    build,
                    "the pipeline has no 'agent'. Add 'agent any', or 'agent none' where each stage has its own.");
        }
        if (root.stages.isEmpty()) {
            return failed(build, "the pipeline has no 'stages'. Add stages { stage('…') { … } }.");
        }
        apply(root, build);
        StageRunner runner = new StageRunner(build, root);
        Task work = Post.after(runner.stages(root.stages), root.post, build);
        return runner.agent(root.agent, runner.environment(root, Wrappers.around(root.options, work, build)));
    }

    /** What counts for the job from now on. */
    private static void apply(Stage root, Build build) {
        build.job().setLimit(null);
        build.job().setOneAtATime(false, false);
        if (root.options != null) {
            root.options.all().forEach(option -> PropertiesStep.apply(build, description(option)));
        }
        if (root.parameters != null) {
            Parameters.declare(
                    build,
                    root.parameters.all().stream().map(Declarative::description).toList());
        }
    }

    private static Map<String, Object> description(Lines.Line line) {
        Map<String, Object> fields = new LinkedHashMap<>(line.arguments());
        fields.put("$symbol", line.name());
        return fields;
    }

    private static Task failed(Build build, String why) {
        return Tasks.done(
                build.world().time(),
                new Outcome(null, new AbortException(build.job().file() + ": " + why)));
    }
}
