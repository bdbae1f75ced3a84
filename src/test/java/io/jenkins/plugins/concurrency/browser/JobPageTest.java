package io.jenkins.plugins.concurrency.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import hudson.model.Item;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

@ExtendWith(OneJenkins.class)
@InBrowser
class JobPageTest {
    private JenkinsRule jenkins;
    private Page page;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule, Page page) {
        jenkins = rule;
        this.page = page;
        story = new Story(rule);
    }

    @Test
    void everybodyCanReadWhoRunsAndWhoWaitsOnAnyScreen() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'production', limit: 3, reason: 'release 1.2'");
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(story.inside(job));
        }
        runs.addAll(story.waiting(job, 3));

        JobPage shown = JobPage.open(page, jenkins.getURL(), "deploy");
        assertThat(shown.heading("production")).isVisible();
        assertThat(shown.builds("production")).hasCount(6);
        Axe.assertClean(page);
        Look.assertFitsAnyScreen(page);
        for (WorkflowRun run : runs) {
            story.finish(run);
        }
    }

    @Test
    void aNameIsTextAndHasRoomWhateverItIs() throws Exception {
        String others = HostileNames.ALL.stream()
                .skip(1)
                .map(name -> "[group: '''" + name.replace("$", "\\$") + "''']")
                .collect(Collectors.joining(", "));
        WorkflowJob job = story.job(
                "deploy",
                "group: '" + HostileNames.LONG + "', reason: '" + HostileNames.LONG + "', extra: [" + others + "]");
        WorkflowRun run = story.inside(job);

        JobPage shown = JobPage.open(page, jenkins.getURL(), "deploy");
        for (String name : HostileNames.ALL) {
            assertThat(shown.heading(name)).isVisible();
        }
        assertThat(page).not().hasTitle("gone");
        Look.assertFitsAnyScreen(page);
        for (String name : HostileNames.ALL) {
            page.navigate(jenkins.getURL() + "concurrency/");
            Look.assertFitsAnyScreen(page);
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .click();
            assertThat(shown.heading(name)).isVisible();
            assertThat(page.getByText("1 of 1 slots in use").first()).isVisible();
            Look.assertFitsAnyScreen(page);
        }
        assertThat(page).not().hasTitle("gone");
        story.finish(run);
    }

    @Test
    void whoMayReadOneJobSeesThatOthersAreHidden() throws Exception {
        WorkflowJob open = story.job("open", "group: 'shared'");
        WorkflowJob secret = story.job("secret", "group: 'shared'");
        WorkflowRun running = story.inside(secret);
        WorkflowRun waiting = story.waiting(open);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice")
                .grant(Item.READ)
                .onItems(open)
                .to("alice"));

        Login.as("alice", page, jenkins);
        JobPage shown = JobPage.open(page, jenkins.getURL(), "open");
        assertThat(shown.group("shared")).containsText("1 of them belong to jobs that you may not see.");
        assertThat(shown.builds("shared")).hasCount(1);
        assertThat(page.getByText("None selected")).hasCount(0);
        story.finish(running);
        story.finish(waiting);
    }
}
