package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.List;
import java.util.OptionalInt;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What builds see of the settings. */
@ExtendWith(OneJenkins.class)
class SettingsTest {
    private static final String DEPLOY = "group: 'deploy', scope: 'CONTROLLER'";

    private JenkinsRule jenkins;
    private Story story;
    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
        settings = ConcurrencySettings.get();
    }

    private void declare(int limit) {
        settings.setGroups(List.of(new DeclaredGroup("deploy", limit)));
    }

    private void assertRefused(WorkflowJob job, String why) throws Exception {
        WorkflowRun refused = story.start(job);
        story.ended(refused, Result.FAILURE);
        jenkins.assertLogContains(why, refused);
    }

    @Test
    void aRaisedLimitLetsWaitersInAndALoweredOneLetsRunnersFinish() throws Exception {
        declare(1);
        WorkflowJob job = story.job("a", DEPLOY);
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        declare(2);
        story.awaitInside(second);
        declare(1);
        WorkflowRun third = story.waiting(job);
        story.finish(first);
        jenkins.assertLogNotContains("Got slot", third);
        story.finish(second);
        story.awaitInside(third);
        story.finish(third);
    }

    @Test
    void aJenkinsfileCannotRaiseADeclaredLimit() throws Exception {
        declare(1);
        WorkflowRun running = story.inside(story.job("a", DEPLOY));
        WorkflowRun greedy = story.waiting(story.job("b", DEPLOY + ", limit: 99"));
        story.finish(running);
        story.awaitInside(greedy);
        story.finish(greedy);
        assertRefused(
                story.job("c", DEPLOY + ", limit: 99, slots: 2"),
                "has 1 slot, but 2 are requested. Request fewer slots");
    }

    @Test
    void aRemovedGroupLetsItsWaitersGoOnUnderTheirOwnLimit() throws Exception {
        declare(1);
        WorkflowJob job = story.job("a", DEPLOY + ", limit: 2");
        WorkflowRun running = story.inside(job);
        WorkflowRun waiting = story.waiting(job);
        Decisions.get().pause(DeclaredGroup.key("deploy"), true);
        settings.setGroups(List.of());
        story.awaitInside(waiting);
        assertTrue(Decisions.get().all().isEmpty());
        story.finish(running);
        story.finish(waiting);
    }

    @Test
    void anUndeclaredGroupOfTheControllerIsRefusedUnlessTheSettingsAllowIt() throws Exception {
        declare(1);
        WorkflowJob job = story.job("a", "group: 'depoy', scope: 'CONTROLLER'");
        assertRefused(job, "similar name: 'deploy'");
        settings.setUndeclaredAllowed(true);
        story.finish(story.inside(job));
    }

    @Test
    void aGroupOfSomeFoldersIsRefusedElsewhere() throws Exception {
        DeclaredGroup deploy = new DeclaredGroup("deploy", 1);
        deploy.setFolders("team-a");
        settings.setGroups(List.of(deploy));
        assertRefused(story.job("outside", DEPLOY), "only for jobs in team-a");
        Folder team = jenkins.jenkins.createProject(Folder.class, "team-a");
        WorkflowJob job = story.job(team.createProject(Folder.class, "deep"), "inside", DEPLOY);
        story.finish(story.inside(job));
    }

    @Test
    void aGroupsParentIsTakenToo() throws Exception {
        DeclaredGroup a = new DeclaredGroup("a", 2);
        DeclaredGroup b = new DeclaredGroup("b", 2);
        a.setParent("all");
        b.setParent("all");
        settings.setGroups(List.of(a, b, new DeclaredGroup("all", 2)));
        WorkflowRun one = story.inside(story.job("one", "group: 'a', scope: 'CONTROLLER'"));
        WorkflowRun two = story.inside(story.job("two", "group: 'b', scope: 'CONTROLLER'"));
        WorkflowRun three = story.waiting(story.job("three", "group: 'b', scope: 'CONTROLLER'"));
        jenkins.assertLogContains("Waiting for group 'all'", three);
        story.finish(one);
        story.awaitInside(three);
        story.finish(two);
        story.finish(three);
    }

    @Test
    void whatAPersonDecidedCountsBeforeTheSettings() throws Exception {
        declare(1);
        Decisions.get().overrideLimit(DeclaredGroup.key("deploy"), OptionalInt.of(2));
        WorkflowJob job = story.job("a", DEPLOY);
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.inside(job);
        declare(1);
        assertEquals(2, limit());
        Decisions.get().overrideLimit(DeclaredGroup.key("deploy"), OptionalInt.empty());
        assertEquals(1, limit());
        story.finish(first);
        story.finish(second);
    }

    private static int limit() {
        return ConcurrencyManager.get()
                .group(DeclaredGroup.key("deploy"), 0, 0)
                .orElseThrow()
                .limit();
    }
}
