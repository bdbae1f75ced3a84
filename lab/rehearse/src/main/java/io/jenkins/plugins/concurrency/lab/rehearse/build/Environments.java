package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that Jenkins gives each build. */
final class Environments {
    private Environments() {}

    static Map<String, String> of(Job job, BuildEntry entry) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("JOB_NAME", job.name());
        env.put("JOB_BASE_NAME", job.name().substring(job.name().lastIndexOf('/') + 1));
        env.put("BUILD_NUMBER", String.valueOf(entry.number()));
        env.put("BUILD_ID", String.valueOf(entry.number()));
        env.put("BUILD_DISPLAY_NAME", "#" + entry.number());
        env.put("BUILD_TAG", "jenkins-" + job.name().replace('/', '-') + "-" + entry.number());
        env.put(
                "BUILD_URL",
                "https://jenkins.example/job/" + job.name().replace("/", "/job/") + "/" + entry.number() + "/");
        env.put("JOB_URL", "https://jenkins.example/job/" + job.name().replace("/", "/job/") + "/");
        env.put("JENKINS_URL", "https://jenkins.example/");
        if (!entry.branch().isEmpty()) {
            env.put("BRANCH_NAME", entry.branch());
            if (entry.branch().matches("(?i)pr-\\d+")) {
                env.put("CHANGE_ID", entry.branch().substring(3));
                env.put("CHANGE_TARGET", "main");
                env.put("CHANGE_BRANCH", entry.branch());
            }
        }
        return env;
    }
}
