package io.jenkins.plugins.concurrency.lab.rehearse.build;

import groovy.lang.MissingMethodException;
import io.jenkins.plugins.concurrency.lab.rehearse.declarative.Declarative;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Host;
import io.jenkins.plugins.concurrency.lab.rehearse.program.RehearsedScript;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Steps;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;

/** What a program finds besides its own variables: those of Jenkins, of plugins and of libraries, and the steps. */
final class Variables implements Host {
    /** Of plugins. Each takes its time and does nothing. */
    private static final Set<String> OF_PLUGINS = Set.of(
            "docker",
            "openshift",
            "Artifactory",
            "scm",
            "manager",
            "azureUtil",
            "kubernetes",
            "pullRequest",
            "gitlabBuilds");

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
            default ->
                OF_PLUGINS.contains(name)
                        || environment().containsKey(name)
                        || ofLibrary(name).isPresent();
        };
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
                if (OF_PLUGINS.contains(name)) {
                    yield new Placeholder(name, build);
                }
                String value = environment().get(name);
                yield value == null ? ofLibrary(name).orElseThrow() : value;
            }
        };
    }
}
