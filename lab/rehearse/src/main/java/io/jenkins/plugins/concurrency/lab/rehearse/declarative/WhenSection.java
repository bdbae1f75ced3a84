package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is in {@code when { … }}. Each condition is a task, as it may call steps. */
final class WhenSection extends GroovyObjectSupport implements Open {
    private final Build build;
    private final Map<String, String> env;
    private final List<Task> conditions = new ArrayList<>();

    /** @param env the variables where it is evaluated */
    WhenSection(Build build, Map<String, String> env) {
        this.build = build;
        this.env = env;
    }

    List<Task> conditions() {
        return conditions;
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Object[] given = args instanceof Object[] array ? array : new Object[] {args};
        Object first = given.length == 0 ? null : given[0];
        if (!name.startsWith("before")) {
            conditions.add(condition(name, first));
        }
        return null;
    }

    private Task condition(String name, Object given) {
        if (given instanceof Closure<?> block) {
            return switch (name) {
                case "expression" -> build.program().body(block);
                case "not" -> Conditions.not(build, nested(block));
                case "anyOf" -> Conditions.any(build, nested(block));
                default -> Conditions.all(build, nested(block));
            };
        }
        return constant(holds(name, named(given)));
    }

    private List<Task> nested(Closure<?> block) {
        WhenSection section = new WhenSection(build, env);
        build.program().evaluate(block, section);
        return section.conditions;
    }

    private Task constant(boolean value) {
        return Tasks.done(build.world().time(), new Outcome(value, null));
    }

    private static Map<String, Object> named(Object given) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        } else if (given != null) {
            arguments.put("pattern", given);
        }
        return arguments;
    }

    private boolean holds(String name, Map<String, Object> given) {
        return switch (name) {
            case "branch" -> Conditions.matches(given, env.get("BRANCH_NAME"));
            case "tag" -> Conditions.matches(given, env.get("TAG_NAME"));
            case "buildingTag" -> env.containsKey("TAG_NAME");
            case "changeRequest" -> env.containsKey("CHANGE_ID");
            case "environment" -> String.valueOf(given.get("value")).equals(env.get(String.valueOf(given.get("name"))));
            case "equals" -> String.valueOf(given.get("expected")).equals(String.valueOf(given.get("actual")));
            case "isRestartedRun" -> false;
            default -> {
                // What has changed, and who triggered it, is not known here.
                build.world()
                        .journal()
                        .notRehearsed("when { " + name + " }", build.job().name());
                yield true;
            }
        };
    }
}
