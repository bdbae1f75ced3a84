package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

@ExtendWith(OneJenkins.class)
class ConcurrencyTabTest {
    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    private HtmlPage page(Job<?, ?> job) throws Exception {
        return Clients.of(jenkins).getPage(job, "concurrency");
    }

    private static String text(HtmlPage page) {
        return page.getElementById("main-panel").asNormalizedText();
    }

    @Test
    void theWholeWayFromTheJobToWhoRunsAndWhoWaits() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', limit: 2, reason: 'release'");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.inside(job);
        WorkflowRun third = story.waiting(job);

        HtmlPage start = Clients.of(jenkins).getPage(job);
        assertEquals(
                "1 waiting in the groups of this job",
                job.getAction(ConcurrencyTab.class).getBadge().getTooltip());
        HtmlPage page = start.getAnchorByHref(jenkins.contextPath + "/" + job.getUrl() + "concurrency")
                .click();
        String text = text(page);
        assertThat(text, containsString("prod"));
        assertThat(text, containsString("2 of 2 slots in use"));
        assertThat(text, containsString("When full: QUEUE"));
        assertThat(text, containsString("Running (2)"));
        assertThat(text, containsString("Waiting (1)"));
        assertThat(text, containsString("release"));
        assertEquals(2, rows(page, 0).size());
        assertThat(rows(page, 1).get(0).asNormalizedText(), containsString("deploy #3"));

        story.finish(first);
        story.finish(second);
        story.finish(third);
        assertThat(text(page(job)), containsString("Not in use now (1)"));
        assertThat(page(job).getElementById("main-panel").getTextContent(), containsString("0 of 2 slots in use"));
    }

    private static List<DomElement> rows(HtmlPage page, int table) {
        return List.copyOf(page.querySelectorAll(".jenkins-table").get(table).querySelectorAll("tbody tr").stream()
                .map(DomElement.class::cast)
                .toList());
    }

    @Test
    void aJobThatUsesNoGroupHasNoLinkAndAPageThatTellsHowToStart() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.buildAndAssertSuccess(job);
        assertNull(job.getAction(ConcurrencyTab.class).getIconFileName());
        assertThat(text(page(job)), containsString("concurrency(group: 'deploy', limit: 2)"));
    }

    @Test
    void aJobThatLimitsItsBranchesOnlyIsToldHowToStart() throws Exception {
        WorkflowJob job = story.script("branches", "concurrency(group: 'b', scope: 'BUILD') {}");
        jenkins.buildAndAssertSuccess(job);
        assertNotNull(job.getAction(ConcurrencyTab.class));
        assertThat(text(page(job)), containsString("This job has not used a concurrency group yet"));
        assertThat(text(page(job)), containsString("concurrency(group: 'deploy', limit: 2)"));
    }

    @Test
    void buildsOfPrivateJobsAreCountedAndNotNamed() throws Exception {
        WorkflowJob open = story.job("open", "group: 'shared', limit: 1");
        WorkflowJob secret = story.job("secret", "group: 'shared', limit: 1, reason: 'hush'");
        WorkflowRun running = story.inside(secret);
        WorkflowRun alsoSecret = story.waiting(secret);
        WorkflowRun waiting = story.waiting(open);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice")
                .grant(Item.READ)
                .onItems(open)
                .to("alice"));

        HtmlPage page = Clients.of(jenkins, "alice").getPage(open, "concurrency");
        assertThat(text(page), containsString("Running (1)"));
        assertThat(text(page), containsString("Waiting (2)"));
        assertThat(text(page), containsString("1 of them belong to jobs that you may not see."));
        assertThat(page.getWebResponse().getContentAsString(), not(containsString("secret")));
        assertThat(page.getWebResponse().getContentAsString(), not(containsString("hush")));
        assertThat(text(Clients.of(jenkins, "admin").getPage(open, "concurrency")), containsString("secret #1"));
        story.finish(running);
        story.finish(alsoSecret);
        story.finish(waiting);
    }

    @Test
    void aNameIsTextWhateverItContains() throws Exception {
        String name = "\\\"); alert(123);//<script>alert(1)</script>${7*7}&amp;../x";
        WorkflowJob job = story.job("deploy", "group: '''" + name + "''', reason: '<b>bold</b>'");
        WorkflowRun run = story.inside(job);
        HtmlPage page = page(job);
        assertThat(text(page), containsString("\"); alert(123);//<script>alert(1)</script>${7*7}&amp;../x"));
        assertThat(text(page), containsString("<b>bold</b>"));
        assertThat(page.getWebResponse().getContentAsString(), not(containsString("<script>alert(1)")));
        story.finish(run);
    }

    @Test
    void moreThanAPageIsPaged() throws Exception {
        WorkflowJob job = story.script("deploy", """
                concurrency('prod') {
                    def branches = [:]
                    for (int i = 0; i < 120; i++) {
                        branches["b${i}"] = { concurrency(group: 'many', scope: 'JOB') { semaphore 'in' } }
                    }
                    parallel branches
                }
                """);
        WorkflowRun run = story.start(job);
        SemaphoreStep.waitForStart("in/1", run);
        jenkins.waitForMessage("place 119 in the queue", run);
        HtmlPage first = page(job);
        assertThat(text(first), containsString("Waiting (119)"));
        HtmlPage second = first.getAnchorByText("Next").click();
        HtmlPage third = second.getAnchorByText("Next").click();
        assertThat(text(third), containsString("119"));
        assertEquals(0, third.getByXPath("//a[text()='Next']").size());
        run.doKill();
        Gates.ended(run);
    }

    @Test
    void aPersonSeesThatAGroupIsPausedOrOverItsLimitOrDisputed() throws Exception {
        WorkflowJob three = story.job("three", "group: 'prod', limit: 3");
        WorkflowJob one = story.job("one", "group: 'prod', limit: 1");
        WorkflowRun first = story.inside(three);
        WorkflowRun second = story.inside(three);
        WorkflowRun waiting = story.waiting(one);
        String text = text(page(one));
        assertThat(text, containsString("2 of 1 slots in use"));
        assertThat(text, containsString("More slots are in use than the limit"));
        assertThat(text, containsString("ask for different limits. The most recent one counts: 1."));
        ConcurrencyManager manager = ConcurrencyManager.get();
        manager.groups().forEach(group -> Decisions.get().pause(group, true));
        assertThat(text(page(one)), containsString("Paused"));
        manager.groups().forEach(group -> Decisions.get().pause(group, false));
        story.finish(first);
        story.finish(second);
        story.finish(waiting);
    }

    @Test
    void theNewJobPageShowsItAsATab() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun run = story.inside(job);
        assertEquals("concurrency", job.getAction(ConcurrencyTab.class).getUrlName());
        assertThat(job.getJobTabs().toString(), containsString("ConcurrencyTab"));
        story.finish(run);
    }
}
