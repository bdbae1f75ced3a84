package io.jenkins.plugins.concurrency.browser;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** What the pictures show. */
final class Scenes {
    private Scenes() {}

    static void prepare(JenkinsRule jenkins) throws Exception {
        settings();
        Folder shop = jenkins.createProject(Folder.class, "shop");
        Folder mobile = jenkins.createProject(Folder.class, "mobile");
        WorkflowJob deploy = shop.createProject(WorkflowJob.class, "deploy");
        past(jenkins, deploy);
        define(deploy, "group: 'production', scope: 'CONTROLLER', reason: 'release 4.2'", "sleep 3600");
        start(jenkins, deploy, 3, "Sleeping for ");
        WorkflowJob migrate = shop.createProject(WorkflowJob.class, "migrate");
        define(migrate, "group: 'production', scope: 'CONTROLLER', exclusive: true", "sleep 3600");
        start(jenkins, deploy, 2, "Waiting for ");
        start(jenkins, migrate, 1, "Waiting for ");
        start(jenkins, deploy, 1, "Waiting for ");
        WorkflowJob release = mobile.createProject(WorkflowJob.class, "release");
        define(release, "group: 'device-farm', limit: 8, slots: 2", "sleep 3600");
        start(jenkins, release, 3, "Sleeping for ");
        WorkflowJob smoke = mobile.createProject(WorkflowJob.class, "smoke-test");
        define(smoke, "group: 'staging', scope: 'CONTROLLER'", "sleep 3600");
        start(jenkins, smoke, 2, "Waiting for ");
        FreeStyleProject nightly = jenkins.createFreeStyleProject("nightly");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("production");
        nightly.addProperty(limit);
    }

    private static void settings() {
        DeclaredGroup production = new DeclaredGroup("production", 3);
        production.setDescription("The live system");
        production.setOrder(Order.FAIR);
        DeclaredGroup staging = new DeclaredGroup("staging", 1);
        staging.setParent("production");
        ConcurrencySettings.get().setGroups(List.of(production, staging));
        Decisions.get()
                .pause(
                        new GroupKey(Scope.CONTROLLER, "", "staging"),
                        "the database is being restored",
                        Optional.empty());
    }

    /** So many builds have gone through that there are a history and estimates. */
    private static void past(JenkinsRule jenkins, WorkflowJob deploy) throws Exception {
        define(deploy, "group: 'production', scope: 'CONTROLLER', reason: 'release 4.1'", "sleep 2");
        for (int i = 0; i < 4; i++) {
            deploy.scheduleBuild2(0).waitForStart();
        }
        for (int number = 1; number <= 4; number++) {
            jenkins.waitForCompletion(deploy.getBuildByNumber(number));
        }
    }

    private static void define(WorkflowJob job, String arguments, String body) throws Exception {
        job.setDefinition(new CpsFlowDefinition("concurrency(" + arguments + ") { " + body + " }", true));
    }

    private static void start(JenkinsRule jenkins, WorkflowJob job, int builds, String until) throws Exception {
        for (int i = 0; i < builds; i++) {
            jenkins.waitForMessage(until, job.scheduleBuild2(0).waitForStart());
        }
    }
}
