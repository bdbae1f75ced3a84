package io.jenkins.plugins.concurrency.lab.rehearse.build;

import groovy.lang.MissingMethodException;
import io.jenkins.plugins.concurrency.lab.rehearse.declarative.Declarative;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Host;
import io.jenkins.plugins.concurrency.lab.rehearse.program.RehearsedScript;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Steps;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerHelper;

/** What a program finds besides its own variables: those of Jenkins, of plugins and of libraries, and the steps. */
final class Variables implements Host {
    /** What variables of the environment are called: one of them that is not set is a mistake, as in Jenkins. */
    private static final Pattern OF_ENVIRONMENT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Build build;
    private final Map<String, Optional<RehearsedScript>> ofLibraries = new HashMap<>();

    Variables(Build build) {
        this.build = build;
    }

    @Override
    public Object call(String name, Object[] arguments) {
        if (name.equals("pipeline")) {
            return Declarative.task(build, arguments);
        }
        if (!Steps.isKnown(name)) {
            Optional<RehearsedScript> ofLibrary = ofLibrary(name);
            if (ofLibrary.isPresent()) {
                return InvokerHelper.invokeMethod(ofLibrary.get(), "call", arguments);
            }
            if (name.equals("call") || name.equals("toString")) {
                throw new MissingMethodException(name, RehearsedScript.class, arguments);
            }
        }
        return Steps.call(name, arguments, build);
    }

    private Optional<RehearsedScript> ofLibrary(String name) {
        return ofLibraries.computeIfAbsent(
                name, variable -> build.world().sources().variable(variable).map(build.program()::instantiate));
    }

    @Override
    public boolean has(String name) {
        return switch (name) {
            case "env", "params", "currentBuild", "steps" -> true;
            default -> environment().containsKey(name) || ofLibrary(name).isPresent() || mayBeOfPlugin(name);
        };
    }

    /** Nobody knows here which variables plugins and implicit libraries add: one that is not known is taken for one of these. */
    private boolean mayBeOfPlugin(String name) {
        if (OF_ENVIRONMENT.matcher(name).matches()) {
            return false;
        }
        if (!name.equals("scm")) {
            build.world().journal().notRehearsed("variable " + name, build.job().name());
        }
        return true;
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(build.env());
        all.putAll(build.program().context().env());
        return all;
    }

    @Override
    public Object get(String name) {
        return switch (name) {
            case "env" -> new EnvVariable(build);
            case "params" -> build.parameters();
            case "currentBuild" -> new BuildInfo(build);
            case "steps" -> new StepsVariable(build);
            default -> {
                String value = environment().get(name);
                yield value != null
                        ? value
                        : ofLibrary(name).map(Object.class::cast).orElseGet(() -> new Placeholder(name, build));
            }
        };
    }
}
