package io.jenkins.plugins.concurrency.roads;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import jenkins.model.InterruptedBuildAction;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.Authentication;

/** Which other builds a log names, and to whom. */
@ExtendWith(OneJenkins.class)
class LogReadersTest {
    private static final String PROD = "group: 'prod', scope: 'CONTROLLER'";

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Idle.await();
    }

    /** Builds run as the user who started them. */
    private static final class Starter extends QueueItemAuthenticator {
        @Override
        public Authentication authenticate2(Queue.Item item) {
            return item.getCauses().stream()
                    .filter(Cause.UserIdCause.class::isInstance)
                    .map(cause -> User.getById(((Cause.UserIdCause) cause).getUserId(), true)
                            .impersonate2())
                    .findFirst()
                    .orElse(null);
        }
    }

    private static CauseAction by(String user) {
        return new CauseAction(new Cause.UserIdCause(user));
    }

    private void finish(WorkflowRun run) throws Exception {
        Gates.awaitAtGate(run);
        Gates.open(run);
        story.ended(run, Result.SUCCESS);
    }

    @Test
    void itNamesThoseThatWhoStartedTheBuildMayRead() throws Exception {
        WorkflowJob open = story.script("open", Gates.block("group: 'prod', behavior: 'QUEUE_LATEST'"));
        WorkflowJob secret = story.script("sesame", Gates.block("group: 'prod', behavior: 'QUEUE_LATEST'"));
        Reader.in(jenkins).reads(open);
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new Starter());
        WorkflowRun holder = secret.scheduleBuild2(0, by("admin")).waitForStart();
        Gates.awaitAtGate(holder);
        WorkflowRun readers = open.scheduleBuild2(0, by(Reader.NAME)).waitForStart();
        jenkins.waitForMessage("Waiting for group 'prod'", readers);
        jenkins.assertLogContains("Held by a hidden build.", readers);
        WorkflowRun admins = open.scheduleBuild2(0, by("admin")).waitForStart();
        jenkins.waitForMessage("Waiting for group 'prod'", admins);
        jenkins.assertLogContains("Held by sesame #1.", admins);
        story.ended(readers, Result.ABORTED);

        WorkflowRun newer = secret.scheduleBuild2(0, by(Reader.NAME)).waitForStart();
        story.ended(admins, Result.ABORTED);
        jenkins.assertLogContains(
                "No longer waiting for group 'prod' of the top level: superseded by sesame #2", admins);
        jenkins.assertLogContains("Superseded by sesame #2", admins);
        assertThat(JenkinsRule.getLog(readers), not(containsString("sesame")));
        finish(holder);
        finish(newer);
    }

    @Test
    void whereNobodySaidAsWhomBuildsRunOtherFoldersAreNamedToThoseWhoMayReadThem() throws Exception {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("prod", 2)));
        Folder ours = jenkins.createProject(Folder.class, "ours");
        Folder theirs = jenkins.createProject(Folder.class, "vault");
        WorkflowJob secret =
                story.script(theirs, "sesame", Gates.block(PROD + ", exclusive: true, behavior: 'CANCEL_RUNNING'"));
        WorkflowJob near = story.script(ours, "near", Gates.block(PROD + ", behavior: 'CANCEL_RUNNING'"));
        WorkflowJob open = story.script(ours, "open", Gates.block(PROD));
        Reader reader = Reader.in(jenkins).reads(ours, near, open);
        WorkflowRun first = story.start(story.script(theirs, "sesame-open", Gates.block(PROD)));
        Gates.awaitAtGate(first);
        WorkflowRun second = story.start(near);
        Gates.awaitAtGate(second);
        WorkflowRun waiting = story.waiting(open);
        jenkins.assertLogContains("Held by a build in another folder, ours » near #1.", waiting);
        assertThat(JenkinsRule.getLog(waiting), not(containsString("sesame")));
        String log = "logText/progressiveHtml";
        assertThat(reader.sees(waiting.getUrl() + log), containsString("a build in another folder"));
        assertThat(reader.sees(waiting.getUrl() + log), containsString("job/ours/job/near/1/"));
        assertThat(reader.sees(waiting.getUrl() + log), not(containsString("sesame")));
        assertThat(reader.administratorSees(waiting.getUrl() + log), containsString("vault » sesame-open #1"));
        assertThat(reader.administratorSees(waiting.getUrl() + log), containsString("/job/vault/job/sesame-open/1/'"));

        WorkflowRun newcomer = story.start(secret);
        story.ended(second, Result.ABORTED);
        jenkins.assertLogContains("cancelled by a build in another folder.", second);
        jenkins.assertLogContains("Cancelled by a newer build in group 'prod'", second);
        for (String path : List.of(log, "", "api/json?depth=2", "console")) {
            assertThat(path, reader.sees(second.getUrl() + path), not(containsString("sesame")));
        }
        assertThat(reader.administratorSees(second.getUrl() + log), containsString("/job/vault/job/sesame/1/'"));
        assertThat(reader.administratorSees(second.getUrl()), containsString("Cancelled by vault » sesame #1"));
        assertThat(
                second.getAction(InterruptedBuildAction.class)
                        .getCauses()
                        .get(0)
                        .getShortDescription(),
                containsString("vault » sesame #1"));
        finish(first);
        finish(waiting);
        finish(newcomer);
    }
}
