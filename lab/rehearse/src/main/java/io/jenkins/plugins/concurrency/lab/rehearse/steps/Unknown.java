package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Steps of which nothing is known: they take their time, run their block if they have one, and return what the plan says. */
final class Unknown {
    /** These describe something for another step. */
    private static final Set<String> DESCRIPTIONS = Set.of(
            "string",
            "booleanParam",
            "choice",
            "text",
            "password",
            "file",
            "usernamePassword",
            "usernameColonPassword",
            "sshUserPrivateKey",
            "certificate",
            "logRotator",
            "buildDiscarder",
            "cron",
            "pollSCM",
            "upstream",
            "parameters",
            "pipelineTriggers",
            "concurrencyLimit",
            "disableConcurrentBuilds",
            "credentials",
            "run",
            "disableResume",
            "durabilityHint",
            "githubPush",
            "overrideIndexTriggers",
            "rateLimitBuilds",
            "persistentVolumeClaim",
            "containerTemplate",
            "hostPathVolume",
            "emptyDirVolume",
            "secretVolume",
            "configMapVolume",
            "envVar",
            "brokenBuildSuspects",
            "developers",
            "requestor",
            "culprits",
            "agent",
            "nonresumable",
            "gitParameter",
            "choices",
            "separator");

    private Unknown() {}

    static Object call(String name, Object[] arguments, Build build) {
        Call call = Call.of(name, arguments, "value", build);
        if (DESCRIPTIONS.contains(name) && call.body() == null) {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("$symbol", name);
            description.putAll(call.arguments());
            return description;
        }
        StepTimes times = build.world().stepTimes();
        if (!times.isPlanned(name, call.subject())) {
            build.world().journal().notRehearsed(name, build.job().name());
        }
        Task time = Noted.task(
                build, name + " " + call.subject(), times.task(build.world().time(), name, call.subject(), null));
        if (call.body() == null) {
            return time;
        }
        return Tasks.then(
                time, outcome -> outcome.isFailure() ? Tasks.done(build.world().time(), outcome) : call.body());
    }
}
