package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Pipeline that is stopped at the moment when one of its steps has ended, but its program has not gone on. */
@Timeout(120)
class MissedInterruptionTest {
    /** Has ended well whenever somebody stops it. */
    public static final class EndingStep extends Step {
        @DataBoundConstructor
        public EndingStep() {}

        @Override
        public StepExecution start(StepContext context) {
            return new Execution(context);
        }

        private static final class Execution extends StepExecution {
            private static final long serialVersionUID = 1L;

            Execution(StepContext context) {
                super(context);
            }

            @Override
            public boolean start() throws Exception {
                getContext().get(TaskListener.class).getLogger().println("About to end");
                return false;
            }

            @Override
            public void stop(@NonNull Throwable cause) {
                getContext().onSuccess(null);
            }
        }

        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "endingStep";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(TaskListener.class);
            }
        }
    }

    private static final String ENDING = """
            semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
            if (env.BUILD_NUMBER == '1') {
                endingStep()
                semaphore 'goes-on'
            }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void itIsStoppedWithTheNextStep() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun first = aboutToEnd(story, jenkins);
            WorkflowRun second = story.start(first.getParent());
            story.ended(first, Result.ABORTED);
            story.awaitInside(second);
            story.finish(second);
        });
    }

    @Test
    void itIsStoppedThoughItsJobIsMovedMeanwhile() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun first = aboutToEnd(story, jenkins);
            WorkflowRun second = story.start(first.getParent());
            SemaphoreStep.waitForStart("goes-on/1", first);
            Moving.rename(first.getParent(), "moved");
            story.ended(first, Result.ABORTED);
            Gates.awaitAtGate(second);
            Gates.open(second);
            story.ended(second, Result.SUCCESS);
        });
    }

    @Test
    void itIsStoppedThoughJenkinsLoadsItsConfigurationAgainMeanwhile() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun first = aboutToEnd(story, jenkins);
            story.start(first.getParent());
            SemaphoreStep.waitForStart("goes-on/1", first);
            jenkins.jenkins.reload();
            theFirstEndsAndTheSecondRuns(jenkins);
        });
    }

    @Test
    void itIsStoppedAfterARestartToo() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun first = aboutToEnd(story, jenkins);
            story.start(first.getParent());
            SemaphoreStep.waitForStart("goes-on/1", first);
        });
        sessions.then(MissedInterruptionTest::theFirstEndsAndTheSecondRuns);
    }

    @Test
    void aBuildOfALimitedJobIsStoppedAfterARestartToo() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("job", ENDING);
            ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
            limit.setBehavior(Behavior.CANCEL_RUNNING);
            job.addProperty(limit);
            WorkflowRun first = aboutToEnd(story, job, jenkins);
            job.scheduleBuild2(0);
            SemaphoreStep.waitForStart("goes-on/1", first);
        });
        sessions.then(MissedInterruptionTest::theFirstEndsAndTheSecondRuns);
    }

    private static WorkflowRun aboutToEnd(Story story, JenkinsRule jenkins) throws Exception {
        String script = "concurrency(group: 'prod', behavior: 'CANCEL_RUNNING') {\n" + ENDING + "}\n";
        return aboutToEnd(story, story.script("job", script), jenkins);
    }

    private static WorkflowRun aboutToEnd(Story story, WorkflowJob job, JenkinsRule jenkins) throws Exception {
        WorkflowRun first = story.inside(job);
        story.leave(first);
        jenkins.waitForMessage("About to end", first);
        return first;
    }

    private static void theFirstEndsAndTheSecondRuns(JenkinsRule jenkins) throws Exception {
        Story story = new Story(jenkins);
        WorkflowJob job = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
        story.ended(job.getBuildByNumber(1), Result.ABORTED);
        Gates.eventually("the second build has started", () -> job.getBuildByNumber(2) != null);
        WorkflowRun second = job.getBuildByNumber(2);
        story.awaitInside(second);
        story.finish(second);
    }

    @Test
    void whatItDoesToCleanUpIsLeftInPeace() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun run = story.start(story.script("job", """
                    try {
                        semaphore 'in'
                    } finally {
                        semaphore 'cleanup'
                    }
                    """));
            SemaphoreStep.waitForStart("in/1", run);
            FlowExecution program = run.getExecution();
            Set<String> told = ids(program);
            CauseOfInterruption cause = new CauseOfInterruption.UserInterruption("boss");
            assertEquals(List.of(), missed(program, told, cause));
            Runs.interrupt(run, Result.ABORTED, cause);
            SemaphoreStep.waitForStart("cleanup/1", run);
            assertEquals(List.of(), missed(program, told, cause));
            CauseOfInterruption other = new CauseOfInterruption.UserInterruption("other");
            assertEquals(program.getCurrentHeads(), missed(program, told, other));
            SemaphoreStep.success("cleanup/1", null);
            story.ended(run, Result.ABORTED);
        });
    }

    @Test
    void whatItDoesToCleanUpIsLeftInPeaceAfterARestartToo() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("job", """
                    concurrency(group: 'prod', behavior: 'CANCEL_RUNNING') {
                        try {
                            semaphore "${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in"
                        } finally {
                            semaphore "cleanup-${env.BUILD_NUMBER}"
                        }
                    }
                    """);
            WorkflowRun first = story.inside(job);
            SemaphoreStep.success("cleanup-2/1", null);
            story.start(job);
            SemaphoreStep.waitForStart("cleanup-1/1", first);
            Gates.eventually("its cause is noted", () -> first.getAction(InterruptedBuildAction.class) != null);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
            WorkflowRun first = job.getBuildByNumber(1);
            Interruption cause = (Interruption)
                    first.getAction(InterruptedBuildAction.class).getCauses().get(0);
            assertEquals(List.of(), missed(first.getExecution(), Set.of(), cause));
            SemaphoreStep.success("cleanup-1/1", null);
            theFirstEndsAndTheSecondRuns(jenkins);
        });
    }

    @Test
    void onlyTheBranchThatMissedItIsToldAgain() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun run = story.start(story.script("job", """
                    parallel(
                        misses: {
                            endingStep()
                            semaphore 'goes-on'
                        },
                        hears: {
                            try {
                                semaphore 'in'
                            } finally {
                                semaphore 'cleanup'
                                echo 'Cleaned up'
                            }
                        })
                    """));
            SemaphoreStep.waitForStart("in/1", run);
            jenkins.waitForMessage("About to end", run);
            Runs.interrupt(run, Result.ABORTED, new CauseOfInterruption.UserInterruption("boss"));
            SemaphoreStep.waitForStart("cleanup/1", run);
            jenkins.waitForMessage("Failed in branch misses", run);
            SemaphoreStep.success("cleanup/1", null);
            story.ended(run, Result.ABORTED);
            jenkins.assertLogContains("Cleaned up", run);
        });
    }

    private static List<FlowNode> missed(FlowExecution program, Set<String> told, CauseOfInterruption cause) {
        return MissedInterruption.missed(program.getCurrentHeads(), told, List.of(cause));
    }

    private static Set<String> ids(FlowExecution program) {
        return program.getCurrentHeads().stream().map(FlowNode::getId).collect(Collectors.toSet());
    }
}
