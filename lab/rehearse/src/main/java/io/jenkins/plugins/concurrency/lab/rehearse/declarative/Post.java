package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Results;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import java.util.Map;

/** Runs the blocks of {@code post} whose conditions hold, after a stage or the whole pipeline. */
final class Post {
    private final Build build;
    private final Closure<?> block;

    private Post(Build build, Closure<?> block) {
        this.build = build;
        this.block = block;
    }

    /** A body, and then what is to be done after it. It fails as the body did, or else as the first of these blocks. */
    static Task after(Task body, Closure<?> block, Build build) {
        return block == null
                ? body
                : Tasks.then(
                        body,
                        outcome -> outcome.getNormal() == StageRunner.LEFT_OUT
                                ? Tasks.done(build.world().time(), outcome)
                                : new Post(build, block).task(outcome));
    }

    private Task task(Outcome before) {
        return (context, then) -> {
            PostSection section = new PostSection(build);
            build.program().evaluate(block, section);
            Task all = Tasks.done(build.world().time(), before);
            for (String condition : PostSection.ORDER) {
                Closure<?> steps = section.blocks().get(condition);
                if (steps != null) {
                    all = Tasks.then(all, outcome -> one(condition, steps, outcome));
                }
            }
            return all.start(context, then);
        };
    }

    private Task one(String condition, Closure<?> steps, Outcome before) {
        String logical = logicalResult(before);
        if (!holds(condition, logical)) {
            return Tasks.done(build.world().time(), before);
        }
        String original = build.result();
        build.assume(logical);
        return Tasks.mapped(build.program().body(steps), outcome -> {
            if (logical.equals(build.result()) && !logical.equals(original)) {
                build.assume(original);
            }
            return before.isFailure() || outcome.isSuccess() ? before : outcome;
        });
    }

    private String logicalResult(Outcome before) {
        String result = build.resultSoFar();
        return before.isFailure() ? Results.worse(result, Results.of(before.getAbnormal())) : result;
    }

    private boolean holds(String condition, String result) {
        String then = build.job()
                .before(build)
                .map(previous -> previous.entry().result())
                .orElse("");
        Map<String, Boolean> conditions = Map.of(
                "changed", !result.equals(then),
                "fixed", result.equals("SUCCESS") && (then.equals("FAILURE") || then.equals("UNSTABLE")),
                "regression", !then.isEmpty() && Results.badness(result) > Results.badness(then),
                "aborted", result.equals("ABORTED"),
                "failure", result.equals("FAILURE"),
                "success", result.equals("SUCCESS"),
                "unstable", result.equals("UNSTABLE"),
                "unsuccessful", !result.equals("SUCCESS"),
                "notBuilt", result.equals("NOT_BUILT"));
        return conditions.getOrDefault(condition, true);
    }
}
