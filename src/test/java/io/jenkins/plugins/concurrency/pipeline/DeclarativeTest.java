package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Executor;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

class DeclarativeTest extends StoryTest {
    private static long busyExecutors() {
        return Jenkins.get().toComputer().getExecutors().stream()
                .filter(Executor::isBusy)
                .count();
    }

    /** Declarative puts its options inside the agent of the whole pipeline, unlike those of a stage. */
    @Test
    void inTheOptionsOfAPipelineWithAnAgentTheWaitHoldsAnExecutorAndSaysSo() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent any
                    options { concurrency(group: 'prod', limit: 1) }
                    stages { stage('Deploy') { steps { semaphore 'gate' } } }
                    post { always { echo 'the end' } }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        assertEquals(2, busyExecutors());
        jenkins.waitForMessage("'options' of a stage that has its own 'agent', and 'agent none' at the top.", waiting);
        finish(running);
        finish(waiting);
        jenkins.assertLogContains("the end", waiting);
    }

    @Test
    void inTheOptionsOfAPipelineWithoutAnAgentTheWaitHoldsNoExecutor() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    options { concurrency(group: 'prod', limit: 1) }
                    stages { stage('Deploy') { agent any; steps { semaphore 'gate' } } }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        assertEquals(1, busyExecutors());
        finish(running);
        finish(waiting);
        jenkins.assertLogNotContains("holds an executor", waiting);
    }

    @Test
    void inTheOptionsOfAStageWithItsAgentTheWaitHoldsNoExecutor() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            agent any
                            options { concurrency(group: 'prod', behavior: 'QUEUE', variable: 'SLOT') }
                            steps { echo "slot ${env.SLOT}"; semaphore 'gate' }
                        }
                        stage('After') { steps { semaphore 'after' } }
                    }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        jenkins.assertLogContains("slot 1", running);
        WorkflowRun waiting = story.waiting(job);
        assertEquals(1, busyExecutors());
        jenkins.assertLogNotContains("holds an executor", waiting);
        Gates.open(running);
        Gates.awaitAtGate(waiting, running);
        finish(running);
        Gates.open(waiting);
        Gates.eventually("second gate", () -> Gates.times("[Pipeline] semaphore", waiting) == 2);
        finish(waiting);
    }

    @Test
    void aStageInsideAnAgentOfThePipelineHoldsItsExecutorAndSaysSo() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent any
                    stages {
                        stage('Deploy') {
                            options { concurrency(group: 'prod') }
                            steps { semaphore 'gate' }
                        }
                    }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        jenkins.waitForMessage("This build holds an executor while it waits.", waiting);
        assertEquals(2, busyExecutors());
        finish(running);
        finish(waiting);
    }

    @Test
    void inStepsItLimitsWhatItEncloses() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    stages { stage('Deploy') { steps { concurrency('prod') { semaphore 'gate' } } } }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        finish(running);
        finish(waiting);
    }

    @Test
    void aNewerBuildSupersedesAWaitingOne() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    options { concurrency(group: 'prod', behavior: 'QUEUE_LATEST', result: 'NOT_BUILT') }
                    stages { stage('Deploy') { steps { semaphore 'gate' } } }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun superseded = story.waiting(job);
        WorkflowRun newest = story.waiting(job);
        story.ended(superseded, Result.NOT_BUILT);
        finish(running);
        finish(newest);
    }

    @Test
    void theOptionComesBeforeTheConditionOfTheStage() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            options { concurrency(group: 'prod') }
                            when { expression { env.BUILD_NUMBER == '1' } }
                            steps { semaphore 'gate' }
                        }
                    }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        finish(running);
        story.ended(waiting, Result.SUCCESS);
    }

    @Test
    void aConditionBeforeOptionsSparesTheWait() throws Exception {
        WorkflowJob job = story.script("deploy", """
                pipeline {
                    agent none
                    stages {
                        stage('Deploy') {
                            options { concurrency(group: 'prod') }
                            when { beforeOptions true; expression { env.BUILD_NUMBER == '1' } }
                            steps { semaphore 'gate' }
                        }
                    }
                }
                """);
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        story.ended(story.start(job), Result.SUCCESS);
        finish(running);
    }

    @Test
    void branchesOfAParallelStageAreSeparateRequests() throws Exception {
        WorkflowRun run = story.start(story.script("test", """
                pipeline {
                    agent none
                    stages {
                        stage('Test') {
                            matrix {
                                axes { axis { name 'OS'; values 'linux', 'windows', 'mac' } }
                                stages {
                                    stage('Run') {
                                        options { concurrency(group: 'devices', limit: 2, scope: 'BUILD') }
                                        steps { semaphore 'gate' }
                                    }
                                }
                            }
                        }
                    }
                }
                """));
        Gates.eventually("two are in", () -> Gates.countAtGate(run) == 2);
        jenkins.waitForMessage("Waiting for group 'devices'", run);
        Gates.open(run);
        Gates.eventually("all were in", () -> Gates.times("Got slot", run) == 3);
        finish(run);
    }

    /** What the form warns of: there, the block is all of it. */
    @Test
    void inTheOptionsOfAPipelineABusyGroupSkipsAllOfItAndTheBuildIsASuccess() throws Exception {
        WorkflowRun running = story.start(story.script("holder", Gates.block("group: 'prod'")));
        Gates.awaitAtGate(running);
        WorkflowRun skipped = story.start(story.script("deploy", """
                pipeline {
                    agent none
                    options { concurrency(group: 'prod', behavior: 'SKIP') }
                    stages { stage('Deploy') { steps { echo 'in' } } }
                    post { success { echo 'a success' } }
                }
                """));
        story.ended(skipped, Result.SUCCESS);
        jenkins.assertLogContains("this block is skipped", skipped);
        jenkins.assertLogContains("a success", skipped);
        jenkins.assertLogNotContains("(Deploy)", skipped);
        finish(running);
    }

    @Test
    void anUnknownBehaviorFailsTheBuildWithTheValidOnes() throws Exception {
        WorkflowRun run = story.start(story.script("deploy", """
                pipeline {
                    agent none
                    options { concurrency(group: 'prod', behavior: 'WAIT') }
                    stages { stage('Deploy') { steps { echo 'in' } } }
                }
                """));
        story.ended(run, Result.FAILURE);
        jenkins.assertLogContains("Give 'behavior' one of 'QUEUE'", run);
        assertFalse(Gates.isAtGate(run));
    }
}
