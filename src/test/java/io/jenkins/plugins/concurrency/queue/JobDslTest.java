package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import java.nio.file.Files;
import java.nio.file.Path;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The example for Job DSL, run by that plugin. */
@ExtendWith(OneJenkins.class)
class JobDslTest {
    private static ConcurrencyLimitProperty limit(JenkinsRule jenkins, String job) {
        Job<?, ?> made = jenkins.jenkins.getItemByFullName(job, Job.class);
        return made.getProperty(ConcurrencyLimitProperty.class);
    }

    @Test
    void theExampleMakesLimitedJobs(JenkinsRule jenkins) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts script = new ExecuteDslScripts();
        script.setScriptText(Files.readString(Path.of("docs", "examples", "job-dsl.groovy")));
        seed.getBuildersList().add(script);
        jenkins.buildAndAssertSuccess(seed);

        ConcurrencyLimitProperty nightly = limit(jenkins, "nightly");
        assertEquals(1, nightly.getLimit());
        assertEquals(Behavior.QUEUE_LATEST, nightly.getBehavior());
        ConcurrencyLimitProperty deploy = limit(jenkins, "deploy");
        assertEquals("production", deploy.getGroup());
        assertEquals(2, deploy.getLimit());
        assertEquals(30, deploy.getWaitTimeout());
        WorkflowJob made = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        jenkins.assertBuildStatusSuccess(Gates.ended(made.scheduleBuild2(0).waitForStart()));
    }
}
