package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.Util;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.nodes.StepEndNode;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller goes down when something has begun and not ended. */
class UnfinishedTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowRun run(JenkinsRule jenkins, int number) {
        return jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(number);
    }

    @Test
    void aBuildThatWasAboutToBeCancelledIsCancelledAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = new Story(jenkins).start(new Story(jenkins).script("deploy", Gates.block("'prod'")));
            Gates.awaitAtGate(run);
            for (StepExecution execution :
                    run.getExecution().getCurrentExecutions(false).get()) {
                if (execution instanceof ConcurrencyStepExecution step) {
                    var told = ConcurrencyStepExecution.class.getDeclaredField("interruption");
                    told.setAccessible(true);
                    told.set(
                            step,
                            new Interruption(
                                    Interruption.Kind.CANCELLED_RUNNING,
                                    new GroupKey(Scope.FOLDER, "", "prod"),
                                    Optional.of(Owner.build("deploy", 2))));
                }
            }
        });
        sessions.then(jenkins -> {
            jenkins.assertBuildStatus(Result.ABORTED, Gates.ended(run(jenkins, 1)));
            Idle.await();
        });
    }

    @Test
    void aCancelledBuildGoesOnWithItsCleanUpAfterTheRestartAndNobodyStartsBesideIt() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", """
                    concurrency(group: 'prod', behavior: 'CANCEL_RUNNING') {
                        try { semaphore 'gate' } finally { semaphore 'cleanup' }
                    }
                    """);
            Gates.awaitAtGate(story.start(job));
            WorkflowRun newer = story.waiting(job);
            jenkins.waitForMessage("Leaving group 'prod'", run(jenkins, 1));
            Gates.eventually("clean-up", () -> Gates.times("[Pipeline] semaphore", run(jenkins, 1)) == 2);
            assertTrue(!Gates.isAtGate(newer));
        });
        sessions.then(jenkins -> {
            WorkflowRun cancelled = run(jenkins, 1);
            WorkflowRun newer = run(jenkins, 2);
            Gates.awaitAtGate(cancelled);
            Idle.sweepFindsNothing();
            assertTrue(!Gates.isAtGate(newer));
            Gates.open(cancelled);
            jenkins.assertBuildStatus(Result.ABORTED, Gates.ended(cancelled));
            Gates.awaitAtGate(newer);
            Gates.open(newer);
            Gates.eventually("clean-up", () -> Gates.times("[Pipeline] semaphore", newer) == 2);
            Gates.awaitAtGate(newer);
            Gates.open(newer);
            jenkins.assertBuildStatusSuccess(Gates.ended(newer));
            Idle.await();
        });
    }

    /** The steps of a program are on disk at once, what it does itself is a moment later. */
    @Test
    void aStepThatHadEndedAndIsFoundWaitingGetsItsSlotAfterTheRestart() throws Throwable {
        Path home = sessions.getHome().toPath();
        Path program = home.resolve("jobs/deploy/builds/2/program.dat");
        Path kept = home.resolve("kept.dat");
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", """
                    try {
                        concurrency('prod') { semaphore "in-${env.BUILD_NUMBER}" }
                    } catch (any) {
                        semaphore 'after'
                    }
                    """);
            SemaphoreStep.waitForStart("in-1/1", story.start(job));
            WorkflowRun waiting = story.waiting(job);
            ((CpsFlowExecution) waiting.getExecution()).getStorage().flush();
            Gates.eventually("is on disk", () -> Files.exists(program));
            Files.copy(program, kept, StandardCopyOption.REPLACE_EXISTING);
            for (StepExecution step :
                    waiting.getExecution().getCurrentExecutions(true).get()) {
                step.stop(new AbortException("stopped"));
            }
            SemaphoreStep.waitForStart("after/1", waiting);
        });
        Files.copy(kept, program, StandardCopyOption.REPLACE_EXISTING);
        sessions.then(jenkins -> {
            SemaphoreStep.success("in-1/1", null);
            jenkins.assertBuildStatusSuccess(Gates.ended(run(jenkins, 1)));
            SemaphoreStep.waitForStart("in-2/1", run(jenkins, 2));
            SemaphoreStep.success("in-2/1", null);
            jenkins.assertBuildStatusSuccess(Gates.ended(run(jenkins, 2)));
            Idle.await();
        });
    }

    @Test
    void aStepWhoseBodyHadEndedEndsAfterTheRestartAndHoldsNothing() throws Throwable {
        Path home = sessions.getHome().toPath();
        Path build = home.resolve("jobs/deploy/builds/1");
        Path copy = home.resolve("copy");
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("'prod'") + "semaphore 'after'");
            WorkflowRun run = story.start(job);
            Gates.awaitAtGate(run);
            WorkflowRun next = story.waiting(job);
            // The state on disk at the very end of the step, when the slot is free and the program was saved last.
            EndOfStep listener =
                    jenkins.jenkins.getExtensionList(EndOfStep.class).get(0);
            listener.target = () -> {
                copy(build, copy);
                Files.copy(home.resolve(FlowExecutionList.class.getName() + ".xml"), copy.resolve("list.xml"));
            };
            Gates.open(run);
            listener.copied.await();
            Gates.awaitAtGate(run, next);
        });
        Util.deleteRecursive(build.toFile());
        Files.move(
                copy.resolve("list.xml"),
                home.resolve(FlowExecutionList.class.getName() + ".xml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        copy(copy, build);
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, 1);
            Gates.awaitAtGate(run, run(jenkins, 2));
            assertEquals(List.of(1, 2), Gates.atGate(List.of(run, run(jenkins, 2))));
            Gates.open(run, run(jenkins, 2));
            jenkins.assertBuildStatusSuccess(Gates.ended(run));
            Gates.awaitAtGate(run(jenkins, 2));
            Gates.open(run(jenkins, 2));
            jenkins.assertBuildStatusSuccess(Gates.ended(run(jenkins, 2)));
            Idle.await();
        });
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    interface Copying {
        void run() throws IOException;
    }

    @TestExtension("aStepWhoseBodyHadEndedEndsAfterTheRestartAndHoldsNothing")
    public static final class EndOfStep implements GraphListener.Synchronous {
        final CountDownLatch copied = new CountDownLatch(1);
        volatile Copying target;

        @Override
        public void onNewHead(FlowNode node) {
            Copying now = target;
            if (now != null
                    && node instanceof StepEndNode end
                    && end.getDescriptor().getFunctionName().equals("concurrency")
                    && end.getStartNode()
                                    .getPersistentAction(
                                            org.jenkinsci.plugins.workflow.cps.actions.ArgumentsActionImpl.class)
                            != null) {
                target = null;
                try {
                    now.run();
                } catch (IOException x) {
                    throw new UncheckedIOException(x);
                } finally {
                    copied.countDown();
                }
            }
        }
    }
}
