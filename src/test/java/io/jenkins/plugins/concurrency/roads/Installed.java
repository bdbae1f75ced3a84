package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What {@link InstallTest} sees where the plugin is there. */
final class Installed {
    private static final String STEPS = "concurrency(group: 'g', limit: 1) { input 'go on?' }";

    private Installed() {}

    static void stepsAreLimited(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        oneAtATime(jenkins, Inputs.create(jenkins, "new", STEPS));
    }

    private static void oneAtATime(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        int next = job.getNextBuildNumber();
        Inputs.inside(job);
        WorkflowRun second = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Waiting for group 'g'", second);
        assertEquals(1, Roads.used(Roads.GROUP));
        Inputs.leave(jenkins, job, next);
        Inputs.leave(jenkins, job, next + 1);
        Roads.awaitNothing();
    }

    static void wholeBuildsAreLimited(JenkinsRule jenkins) throws Exception {
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "whole", Roads.limit(1));
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        job.finish(first);
        job.finish(job.inside(second));
        Roads.awaitNothing();
    }

    static void aCapCountsWhoRanBefore(JenkinsRule jenkins) throws Exception {
        ConcurrencySettings.get().setCap(1);
        Roads.awaitUsed(Roads.CAP, 1);
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "capped", null);
        Queue.Item item = Roads.schedule(job.job());
        Roads.awaitWhy(item, "Held by before #1");
        Inputs.leave(jenkins, Inputs.job("before"), 1);
        job.finish(job.inside(item));
        ConcurrencySettings.get().setCap(null);
        Roads.awaitNothing();
    }

    /** Of each kind one is inside, and one waits. */
    static void fill(JenkinsRule jenkins) throws Exception {
        WorkflowJob limited = Inputs.create(jenkins, "limited", "input 'go on?'");
        limited.addProperty(Roads.limit(1));
        WorkflowJob steps = Inputs.create(jenkins, "steps", STEPS.replace("'g'", "'h'"));
        Inputs.inside(limited);
        new Limited(jenkins, limited).waiting();
        Inputs.inside(steps);
        jenkins.waitForMessage("Waiting for group 'h'", steps.scheduleBuild2(0).waitForStart());
    }

    static void whoRanMeanwhileEndsAndAllIsLimited(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        WorkflowJob limited = Inputs.job("limited");
        Inputs.leave(jenkins, limited, 1);
        Inputs.leave(jenkins, limited, 2);
        Roads.awaitNothing();
        Inputs.inside(limited);
        new Limited(jenkins, limited).waiting();
        assertEquals(1, Roads.used(Roads.GROUP));
        Inputs.leave(jenkins, limited, 3);
        Inputs.leave(jenkins, limited, 4);
        oneAtATime(jenkins, steps());
    }

    private static WorkflowJob steps() throws Exception {
        WorkflowJob steps = Inputs.job("steps");
        steps.setDefinition(new CpsFlowDefinition(STEPS, true));
        return steps;
    }
}
