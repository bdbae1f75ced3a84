package io.jenkins.plugins.concurrency.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Builds that have nothing to do with each other, or must not. */
class OtherBuildsTest extends StoryTest {
    @Test
    void aReplayAsksLikeAnyOtherBuild() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun ended = story.waiting(job);
        ended.doStop();
        story.ended(ended, Result.ABORTED);
        WorkflowRun replay = replay(ended, false);
        jenkins.waitForMessage("Waiting for group 'prod'", replay);
        WorkflowRun rebuilt = replay(running, true);
        jenkins.waitForMessage("place 2 in the queue", rebuilt);
        finish(List.of(running, replay, rebuilt));
    }

    private static WorkflowRun replay(WorkflowRun run, boolean rebuilt) throws Exception {
        QueueTaskFuture<?> future = run.getAction(ReplayAction.class).run(Gates.block("'prod'"), Map.of(), rebuilt);
        return (WorkflowRun) future.waitForStart();
    }

    @Test
    void buildsThatAskForNothingSeeAndStoreNothing() throws Exception {
        WorkflowRun pipeline = jenkins.buildAndAssertSuccess(story.script("pipeline", "node { echo 'hello' }"));
        FreeStyleProject project = jenkins.createFreeStyleProject("freestyle");
        Run<?, ?> freestyle = jenkins.assertBuildStatusSuccess(project.scheduleBuild2(0, new Cause.UserIdCause()));
        for (Run<?, ?> run : List.of(pipeline, freestyle)) {
            assertThat(JenkinsRule.getLog(run).toLowerCase(), not(containsString("concurrency")));
            assertTrue(run.getAllActions().stream()
                    .map(Action::getClass)
                    .noneMatch(type -> type.getName().startsWith("io.jenkins.plugins.concurrency")));
            try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(
                            Files.readString(file, StandardCharsets.ISO_8859_1),
                            not(anyOf(
                                    containsString("io.jenkins.plugins.concurrency"),
                                    containsString("<concurrency-"))));
                }
            }
            Job<?, ?> job = run.getParent();
            assertThat(job.getConfigFile().asString(), not(containsString("<concurrency-")));
        }
        assertEquals(List.of(), ConcurrencyManager.get().groups());
        assertTrue(!ConcurrencyManager.get().usedGroups().knows("pipeline"));
    }

    @Test
    void aJobOfAnotherFolderCanNeitherBlockNorCancelOne() throws Exception {
        WorkflowRun production = story.start(story.script(
                jenkins.createProject(Folder.class, "team"),
                "deploy",
                Gates.block("group: 'prod', behavior: 'CANCEL_RUNNING'")));
        Gates.awaitAtGate(production);
        WorkflowRun attack = story.start(story.script(
                jenkins.createProject(Folder.class, "guests"),
                "attack",
                Gates.block("group: 'prod', behavior: 'CANCEL_RUNNING', exclusive: true")));
        Gates.awaitAtGate(attack);
        assertTrue(Gates.isAtGate(production));
        finish(production);
        finish(attack);
    }

    @Test
    void theLogDoesNotNameBuildsThatItsOwnMayNotRead() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        WorkflowJob secret = story.script("secret", Gates.block("group: 'prod', behavior: 'QUEUE_LATEST'"));
        WorkflowJob open = story.script("open", Gates.block("group: 'prod', behavior: 'QUEUE_LATEST'"));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("guest")
                .grant(Item.READ, Item.BUILD)
                .onItems(open)
                .to("guest")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("open", User.getById("guest", true).impersonate2())
                        .authenticate("secret", User.getById("admin", true).impersonate2()));
        WorkflowRun hidden = story.start(secret);
        Gates.awaitAtGate(hidden);
        WorkflowRun waiting = story.waiting(open);
        jenkins.assertLogContains("Held by a hidden build.", waiting);
        WorkflowRun newer = story.waiting(secret);
        story.ended(waiting, Result.ABORTED);
        assertThat(JenkinsRule.getLog(waiting), not(containsString("secret")));
        assertEquals(1, waiting.getActions(InterruptedBuildAction.class).size());
        finish(hidden);
        finish(newer);
    }
}
