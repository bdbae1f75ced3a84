package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Puts conditions together. */
final class Conditions {
    private Conditions() {}

    static Task all(Build build, List<Task> conditions) {
        return fold(build, conditions, true);
    }

    static Task any(Build build, List<Task> conditions) {
        return fold(build, conditions, false);
    }

    static Task not(Build build, List<Task> conditions) {
        return Tasks.mapped(
                all(build, conditions), outcome -> outcome.isFailure() ? outcome : new Outcome(!isTrue(outcome), null));
    }

    /** @param neutral what none of them makes; the first that is something else is what all make */
    private static Task fold(Build build, List<Task> conditions, boolean neutral) {
        Task all = Tasks.done(build.world().time(), new Outcome(neutral, null));
        for (Task condition : conditions) {
            all = Tasks.then(
                    all,
                    outcome -> outcome.isFailure() || isTrue(outcome) != neutral
                            ? Tasks.done(build.world().time(), outcome)
                            : condition);
        }
        return all;
    }

    static boolean isTrue(Outcome outcome) {
        return DefaultTypeTransformation.castToBoolean(outcome.getNormal());
    }

    /** Compares a name with a pattern of Ant's, or as {@code comparator} says. */
    static boolean matches(Map<String, Object> given, String name) {
        if (name == null) {
            return false;
        }
        String pattern = String.valueOf(given.get("pattern"));
        return switch (String.valueOf(given.getOrDefault("comparator", "GLOB")).toUpperCase(Locale.ROOT)) {
            case "EQUALS" -> pattern.equals(name);
            case "REGEXP" -> name.matches(pattern);
            default -> Glob.matches(pattern, name);
        };
    }
}
