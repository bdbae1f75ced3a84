package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Folders;
import io.jenkins.plugins.concurrency.lab.rehearse.program.RehearsedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps without a block. Stateless. */
final class Simple {
    private Simple() {}

    static void addTo(Steps.Registry registry) {
        for (String shell : List.of("sh", "bat", "powershell", "pwsh")) {
            registry.add(shell, "script", Simple::shell);
        }
        registry.add("echo", "message", Simple::echo);
        registry.add("error", "message", call -> {
            throw new AbortException(call.text("message", ""));
        });
        registry.add("unstable", "message", call -> {
            call.build().worsen("UNSTABLE");
            return null;
        });
        registry.add("isUnix", "value", call -> true);
        registry.add("pwd", "tmp", call -> "/workspace/" + call.build().job().name());
        registry.add("checkout", "scm", Simple::checkout);
        registry.add("git", "url", Simple::checkout);
        registry.add("load", "path", Simple::load);
        registry.add("library", "identifier", call -> null);
        registry.add("libraryResource", "resource", Simple::resource);
    }

    private static Object echo(Call call) {
        call.build().note(Event.Kind.NOTE, "", Noted.line(call.text("message", "")));
        return null;
    }

    private static Object shell(Call call) {
        String script = call.text("script", "");
        Object usual = call.flag("returnStdout", false) ? "" : call.flag("returnStatus", false) ? 0 : null;
        return Noted.task(
                call.build(),
                call.name() + " " + script,
                call.build().world().stepTimes().task(call.build().world().time(), call.name(), script, usual));
    }

    private static Object checkout(Call call) {
        Map<String, String> variables = Map.of(
                "GIT_COMMIT", "0123456789abcdef0123456789abcdef01234567",
                "GIT_BRANCH", call.build().env().getOrDefault("BRANCH_NAME", "main"),
                "GIT_URL", "https://git.example/repository.git");
        return call.build()
                .world()
                .stepTimes()
                .task(call.build().world().time(), call.name(), call.subject(), variables);
    }

    /** A file beside the Jenkinsfile, and nowhere else. */
    private static Object load(Call call) throws AbortException {
        Build build = call.build();
        String path = call.text("path", "");
        return Folders.find(new ArrayList<>(build.world().plan().folders()), path)
                .map(file -> {
                    RehearsedScript script =
                            build.program().instantiate(build.world().sources().script(file));
                    return build.program().main(script);
                })
                .orElseThrow(
                        () -> new AbortException(
                                "The file '" + path
                                        + "' that is loaded is not below the folder of the Jenkinsfile. Put it there, or leave it out."));
    }

    private static Object resource(Call call) throws AbortException {
        String name = call.text("resource", "");
        return call.build()
                .world()
                .sources()
                .resource(name)
                .map(text -> Tasks.done(call.build().world().time(), new Outcome(text, null)))
                .orElseThrow(() -> new AbortException("No library that was given has the resource '" + name + "'."));
    }
}
