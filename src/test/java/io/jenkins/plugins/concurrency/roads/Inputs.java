package io.jenkins.plugins.concurrency.roads;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines that stand at the step {@code input}, which all controllers know. Works without the plugin, too. */
final class Inputs {
    private Inputs() {}

    static WorkflowJob create(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowJob job(String name) {
        return Jenkins.get().getItemByFullName(name, WorkflowJob.class);
    }

    /** Inside, and on disk. */
    static void awaitInside(WorkflowJob job, int number) throws Exception {
        Gates.eventually(job + " #" + number + " is inside", () -> isInside(job, number));
        input(job, number).getContext().saveState().get(30, TimeUnit.SECONDS);
    }

    static boolean isInside(WorkflowJob job, int number) throws Exception {
        WorkflowRun run = job.getBuildByNumber(number);
        InputAction action = run == null ? null : run.getAction(InputAction.class);
        // The step adds itself just after the action.
        return action != null && !action.getExecutions().isEmpty();
    }

    private static InputStepExecution input(WorkflowJob job, int number) throws Exception {
        return job.getBuildByNumber(number)
                .getAction(InputAction.class)
                .getExecutions()
                .get(0);
    }

    static void leave(JenkinsRule jenkins, WorkflowJob job, int number) throws Exception {
        awaitInside(job, number);
        input(job, number).proceed(null);
        jenkins.assertBuildStatus(Result.SUCCESS, Gates.ended(job.getBuildByNumber(number)));
    }

    /** Starts a build, which gets inside. */
    static void inside(WorkflowJob job) throws Exception {
        awaitInside(job, job.scheduleBuild2(0).waitForStart().getNumber());
    }
}
