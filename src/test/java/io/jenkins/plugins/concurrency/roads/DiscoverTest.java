package io.jenkins.plugins.concurrency.roads;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A build, or a viewer, that may discover the job of another build in its group, but not read it. */
@ExtendWith(OneJenkins.class)
class DiscoverTest {
    private static final String SECRET = "sesame";
    private static final String GROUP = "group: 'prod', scope: 'CONTROLLER'";

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("prod", 1)));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Idle.await();
    }

    /** A job, beside the open one or in a folder, of which the reader may only discover that it is there. */
    private WorkflowJob secret(String folder, String script) throws Exception {
        return folder.isEmpty()
                ? story.script(SECRET, script)
                : story.script(jenkins.createProject(Folder.class, folder), SECRET, script);
    }

    private Reader reader(WorkflowJob open, WorkflowJob secret) {
        Item hidden = secret.getParent() instanceof Folder folder ? folder : secret;
        return Reader.in(jenkins)
                .reads(open)
                .discovers(hidden, secret)
                .runs(open)
                .runsNot(secret);
    }

    private static void assertHidden(Reader reader, WorkflowRun run) throws Exception {
        for (String path : List.of("console", "", "api/json?depth=2", "logText/progressiveHtml", "../concurrency/")) {
            assertThat(path, reader.sees(run.getUrl() + path), not(containsString(SECRET)));
        }
        assertThat(JenkinsRule.getLog(run), not(containsString(SECRET)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vault"})
    void aBuildWaitsForOneThatItMayOnlyDiscoverAndDoesNotNameIt(String folder) throws Exception {
        WorkflowJob open = story.script("open", Gates.block(GROUP));
        WorkflowJob secret = secret(folder, Gates.block(GROUP));
        Reader reader = reader(open, secret);
        WorkflowRun holder = story.start(secret);
        Gates.awaitAtGate(holder);
        WorkflowRun waiting = story.waiting(open);
        jenkins.assertLogContains("Held by a hidden build.", waiting);
        assertHidden(reader, waiting);
        assertThat(reader.sees(open.getUrl() + "concurrency/"), containsString("belong to jobs that you may not see"));
        assertThat(reader.administratorSees(open.getUrl() + "concurrency/"), containsString(SECRET));
        Gates.open(holder);
        story.ended(holder, Result.SUCCESS);
        Gates.awaitAtGate(waiting);
        Gates.open(waiting);
        story.ended(waiting, Result.SUCCESS);
    }

    private static String withCleanup() {
        return """
                concurrency(%s, behavior: 'CANCEL_RUNNING') {
                    try { semaphore 'gate' } finally { semaphore 'gate' }
                }
                """.formatted(GROUP);
    }

    /** Whoever of the two may not read the other: nobody is let in before the cancelled one has left. */
    @ParameterizedTest
    @ValueSource(strings = {"", "vault"})
    void aCancelledBuildThatMayOnlyDiscoverTheNewerOneLeavesBeforeThatStarts(String folder) throws Exception {
        WorkflowJob open = story.script("open", withCleanup());
        WorkflowJob secret = secret(folder, withCleanup());
        Reader reader = reader(open, secret);
        WorkflowRun victim = story.start(open);
        Gates.awaitAtGate(victim);
        cancel(victim, story.waiting(secret));
        jenkins.assertLogContains("cancelled by a hidden build.", victim);
        assertHidden(reader, victim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vault"})
    void aNewerBuildThatMayOnlyDiscoverTheOneThatItCancelsStartsWhenThatHasLeft(String folder) throws Exception {
        WorkflowJob open = story.script("open", withCleanup());
        WorkflowJob secret = secret(folder, withCleanup());
        Reader reader = reader(open, secret);
        WorkflowRun victim = story.start(secret);
        Gates.awaitAtGate(victim);
        WorkflowRun newer = story.waiting(open);
        cancel(victim, newer);
        jenkins.assertLogContains("cancelled by open #1.", victim);
        assertHidden(reader, newer);
    }

    private void cancel(WorkflowRun victim, WorkflowRun newer) throws Exception {
        Gates.eventually("it cleans up", () -> Gates.times("[Pipeline] semaphore", victim) == 2);
        Gates.awaitAtGate(victim);
        assertTrue(victim.isBuilding());
        jenkins.assertLogNotContains("Got slot", newer);
        assertFalse(Gates.isAtGate(newer));
        Gates.open(victim);
        story.ended(victim, Result.ABORTED);
        Gates.awaitAtGate(newer);
        Gates.open(newer);
        Gates.eventually("it cleans up", () -> Gates.times("[Pipeline] semaphore", newer) == 2);
        Gates.awaitAtGate(newer);
        Gates.open(newer);
        story.ended(newer, Result.SUCCESS);
    }

    @Test
    void theErrorForACircleDoesNotNameTheOthersInIt() throws Exception {
        String nested = "concurrency('%s') { semaphore 'gate'; concurrency('%s') { semaphore 'gate' } }";
        WorkflowJob open = story.script("open", nested.formatted("a", "b"));
        WorkflowJob secret = secret("", nested.formatted("b", "a"));
        Reader reader = reader(open, secret);
        WorkflowRun other = story.start(secret);
        WorkflowRun run = story.start(open);
        Gates.awaitAtGate(other, run);
        Gates.open(other);
        jenkins.waitForMessage("Waiting for group 'a'", other);
        Gates.open(run);
        story.ended(run, Result.FAILURE);
        jenkins.assertLogContains("which a hidden build holds", run);
        jenkins.assertLogContains("a hidden build waits for group 'a'", run);
        assertHidden(reader, run);
        Gates.awaitAtGate(other);
        Gates.open(other);
        story.ended(other, Result.SUCCESS);
    }

    @Test
    void theQueueShowsAnEntryToWhoMayOnlyDiscoverTheHolder() throws Exception {
        WorkflowJob open = story.script("open", "semaphore 'gate'");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("prod");
        limit.setScope("CONTROLLER");
        open.addProperty(limit);
        WorkflowJob secret = secret("vault", Gates.block(GROUP));
        Reader reader = reader(open, secret);
        WorkflowRun holder = story.start(secret);
        Gates.awaitAtGate(holder);
        var future = open.scheduleBuild2(0);
        String waits = "Waiting for group 'prod' of the controller, place 1. Held by a hidden build.";
        try (ACLContext asReader = ACL.as2(User.getById(Reader.NAME, true).impersonate2())) {
            Gates.eventually("it waits", () -> waits.equals(why(open)));
        }
        for (String path : List.of("queue/api/json", "", "job/open/buildHistory/ajax", "job/open/api/json?depth=2")) {
            String seen = reader.sees(path);
            assertThat(path, seen, not(containsString(SECRET)));
            assertThat(path, seen, containsString("a hidden build"));
        }
        assertThat(reader.administratorSees("queue/api/json"), containsString("Held by vault » " + SECRET + " #1"));
        assertThat(reader.sees("job/open/concurrency/"), not(containsString(SECRET)));
        Gates.open(holder);
        story.ended(holder, Result.SUCCESS);
        WorkflowRun run = future.waitForStart();
        Gates.awaitAtGate(run);
        Gates.open(run);
        story.ended(run, Result.SUCCESS);
        assertHidden(reader, run);
        assertEquals(1, run.getNumber());
    }

    private static String why(WorkflowJob job) {
        Queue.Item item = Queue.getInstance().getItem(job);
        return item == null ? "" : item.getWhy();
    }
}
