package io.jenkins.plugins.concurrency.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Interruption;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

@ExtendWith(OneJenkins.class)
class BehaviorTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    /** As many builds as there are slots, each inside its block. */
    private List<WorkflowRun> full(WorkflowJob job, int limit) throws Exception {
        List<WorkflowRun> running = new ArrayList<>();
        for (int i = 0; i < limit; i++) {
            running.add(story.inside(job));
        }
        return running;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void queuedBuildsFollowInTheirOrder(int limit) throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', limit: " + limit);
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun next = story.waiting(job);
        WorkflowRun last = story.waiting(job);

        story.finish(running.get(0));
        story.awaitInside(next);
        assertTrue(last.isBuilding());
        jenkins.assertLogNotContains("Got slot", last);
        jenkins.assertLogContains("place 2 in the queue", last);

        story.finish(next);
        story.awaitInside(last);
        jenkins.assertLogContains("Got slot 1 of group 'prod' of the top level after", last);
        running.subList(1, limit).forEach(story::leave);
        story.finish(last);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theLatestReplacesThoseWhoWait(int limit) throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', behavior: 'QUEUE_LATEST', limit: " + limit);
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun superseded = story.waiting(job);
        WorkflowRun latest = story.waiting(job);

        story.ended(superseded, Result.ABORTED);
        jenkins.assertLogContains("Superseded by deploy #" + latest.getNumber() + " in group 'prod'", superseded);
        CauseOfInterruption cause =
                superseded.getAction(InterruptedBuildAction.class).getCauses().get(0);
        assertThat(cause, instanceOf(Interruption.class));
        assertEquals(latest, ((Interruption) cause).getNewerBuild());

        story.finish(running.get(0));
        story.awaitInside(latest);
        running.subList(1, limit).forEach(story::leave);
        story.finish(latest);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theOldestRunningOneLeavesBeforeTheNewOneStarts(int limit) throws Exception {
        WorkflowJob job = story.script("pr", """
                concurrency(group: 'ci', behavior: 'CANCEL_RUNNING', limit: %d) {
                    try {
                        semaphore "pr-${env.BUILD_NUMBER}-in"
                    } finally {
                        semaphore "pr-${env.BUILD_NUMBER}-cleanup"
                    }
                }
                """.formatted(limit));
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun oldest = running.get(0);
        WorkflowRun newer = story.waiting(job);

        SemaphoreStep.waitForStart("pr-1-cleanup/1", oldest);
        jenkins.assertLogNotContains("Got slot", newer);
        SemaphoreStep.success("pr-1-cleanup/1", null);
        story.ended(oldest, Result.ABORTED);
        jenkins.assertLogContains("Cancelled by pr #" + newer.getNumber() + " in group 'ci'", oldest);
        story.awaitInside(newer);
        for (WorkflowRun other : running.subList(1, limit)) {
            assertTrue(other.isBuilding());
            SemaphoreStep.success("pr-" + other.getNumber() + "-cleanup/1", null);
            story.finish(other);
        }
        SemaphoreStep.success("pr-" + newer.getNumber() + "-cleanup/1", null);
        story.finish(newer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void cancelEndsTheNewcomerAsAborted(int limit) throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', behavior: 'CANCEL', limit: " + limit);
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun newcomer = story.start(job);
        story.ended(newcomer, Result.ABORTED);
        jenkins.assertLogContains("No slot was free in group 'prod'", newcomer);
        running.forEach(story::leave);
        for (WorkflowRun run : running) {
            story.ended(run, Result.SUCCESS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void failEndsTheNewcomerAsFailed(int limit) throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', behavior: 'FAIL', limit: " + limit);
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun newcomer = story.start(job);
        story.ended(newcomer, Result.FAILURE);
        jenkins.assertLogContains("No slot of group 'prod' of the top level is free.", newcomer);
        running.forEach(story::leave);
        for (WorkflowRun run : running) {
            story.ended(run, Result.SUCCESS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void skipGoesOnWithoutTheBlock(int limit) throws Exception {
        WorkflowJob job = story.script(
                "deploy", Story.block("group: 'prod', behavior: 'SKIP', limit: " + limit) + "\necho 'after the block'");
        List<WorkflowRun> running = full(job, limit);
        WorkflowRun newcomer = story.start(job);
        story.ended(newcomer, Result.SUCCESS);
        jenkins.assertLogContains("this block is skipped", newcomer);
        jenkins.assertLogContains("after the block", newcomer);
        running.forEach(story::leave);
        for (WorkflowRun run : running) {
            story.ended(run, Result.SUCCESS);
        }
    }

    @Test
    void aSupersededBuildEndsAsNotBuiltIfItSaysSo() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', behavior: 'QUEUE_LATEST', result: 'NOT_BUILT'");
        WorkflowRun running = story.inside(job);
        WorkflowRun superseded = story.waiting(job);
        WorkflowRun latest = story.waiting(job);
        story.ended(superseded, Result.NOT_BUILT);
        story.finish(running);
        story.finish(latest);
    }

    @Test
    void anExpressionChoosesTheBehavior() throws Exception {
        WorkflowJob job = story.script("deploy", """
                concurrency(group: "deploy-${1 + 1}", behavior: env.BUILD_NUMBER == '1' ? 'QUEUE' : 'FAIL') {
                    semaphore "deploy-${env.BUILD_NUMBER}-in"
                }
                """);
        WorkflowRun running = story.inside(job);
        WorkflowRun refused = story.start(job);
        story.ended(refused, Result.FAILURE);
        jenkins.assertLogContains("'deploy-2'", refused);
        story.finish(running);
    }

    @Test
    void anotherJobsBuildIsCancelledOnlyIfItConsents() throws Exception {
        WorkflowJob patient = story.job("patient", "group: 'shared', limit: 2");
        WorkflowJob consenting = story.job("consenting", "group: 'shared', limit: 2, behavior: 'CANCEL_RUNNING'");
        WorkflowJob pushing = story.job("pushing", "group: 'shared', limit: 2, behavior: 'CANCEL_RUNNING'");
        WorkflowRun untouched = story.inside(patient);
        WorkflowRun cancelled = story.inside(consenting);
        WorkflowRun newcomer = story.start(pushing);
        story.ended(cancelled, Result.ABORTED);
        story.awaitInside(newcomer);
        assertTrue(untouched.isBuilding());
        story.finish(untouched);
        story.finish(newcomer);
        assertFalse(newcomer.isBuilding());
        assertThat(JenkinsRule.getLog(untouched), not(containsString("Cancelled")));
    }
}
