package io.jenkins.plugins.concurrency;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.TopLevelItemDescriptor;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Tells stories of builds. A build is inside its block when it has reached the semaphore {@code <job>/<number>} there, and
 * waits when its log says so.
 */
public final class Story {
    private final JenkinsRule jenkins;

    public Story(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** A job whose builds run {@code concurrency(arguments) { … }} around a semaphore. */
    public WorkflowJob job(String name, String arguments) throws Exception {
        return job(jenkins.jenkins, name, arguments);
    }

    public WorkflowJob job(ModifiableTopLevelItemGroup folder, String name, String arguments) throws Exception {
        return script(folder, name, block(arguments));
    }

    public static String block(String arguments) {
        return """
                concurrency(%s) {
                    semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
                }
                """.formatted(arguments);
    }

    public WorkflowJob script(String name, String script) throws Exception {
        return script(jenkins.jenkins, name, script);
    }

    public WorkflowJob script(ModifiableTopLevelItemGroup folder, String name, String script) throws Exception {
        TopLevelItemDescriptor type = (TopLevelItemDescriptor) jenkins.jenkins.getDescriptorOrDie(WorkflowJob.class);
        WorkflowJob job = (WorkflowJob) folder.createProject(type, name, true);
        define(job, script);
        return job;
    }

    public void define(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
    }

    /** Starts a build, and waits until its executor has handed it over to Pipeline: before that, a stop may get lost. */
    public WorkflowRun start(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        Gates.eventually(run + " is handed over", () -> isHandedOver(run.getExecutor()));
        return run;
    }

    private static boolean isHandedOver(@CheckForNull Executor executor) {
        return executor == null || executor.getAsynchronousExecution() != null;
    }

    /** Starts a build and waits until it is inside its block. */
    public WorkflowRun inside(WorkflowJob job) throws Exception {
        WorkflowRun run = start(job);
        awaitInside(run);
        return run;
    }

    public void awaitInside(WorkflowRun run) throws Exception {
        SemaphoreStep.waitForStart(semaphore(run) + "/1", run);
    }

    /** Starts a build and waits until it waits for a slot. */
    public WorkflowRun waiting(WorkflowJob job) throws Exception {
        WorkflowRun run = start(job);
        jenkins.waitForMessage("Waiting for ", run);
        return run;
    }

    public List<WorkflowRun> waiting(WorkflowJob job, int count) throws Exception {
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(waiting(job));
        }
        return runs;
    }

    /** Lets a build leave its block, now or when it gets there. */
    public void leave(WorkflowRun run) {
        SemaphoreStep.success(semaphore(run) + "/1", null);
    }

    public void finish(WorkflowRun run) throws Exception {
        finish(run, Result.SUCCESS);
    }

    public void finish(WorkflowRun run, Result result) throws Exception {
        leave(run);
        ended(run, result);
    }

    public void ended(WorkflowRun run, Result result) throws Exception {
        jenkins.assertBuildStatus(result, Gates.ended(run));
    }

    public static String semaphore(WorkflowRun run) {
        return run.getParent().getName() + "-" + run.getNumber() + "-in";
    }
}
