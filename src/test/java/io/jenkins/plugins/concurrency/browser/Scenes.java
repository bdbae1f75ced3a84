package io.jenkins.plugins.concurrency.browser;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** What the pictures show. */
final class Scenes {
    private Scenes() {}

    static void prepare(JenkinsRule jenkins) throws Exception {
        builds(jenkins);
        settings();
        limit(jenkins);
    }

    private static void builds(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "concurrency(group: 'deploy', limit: 3, reason: 'deploying to the test system') { sleep 3600 }", true));
        for (int number = 1; number <= 6; number++) {
            jenkins.waitForMessage(
                    number <= 3 ? "Sleeping for " : "Waiting for ",
                    job.scheduleBuild2(0).waitForStart());
        }
    }

    private static void settings() {
        DeclaredGroup production = new DeclaredGroup("production", 3);
        production.setDescription("The live system");
        ConcurrencySettings.get().setGroups(List.of(production, new DeclaredGroup("staging", 1)));
        Decisions.get().pause(new GroupKey(Scope.CONTROLLER, "", "staging"), true);
    }

    private static void limit(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("production");
        job.addProperty(limit);
    }
}
