package io.jenkins.plugins.concurrency.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What a person sees and does on the Concurrency page of a job while builds come and go. */
@ExtendWith(OneJenkins.class)
@InBrowser
class LivePageTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "", "prod");

    private JenkinsRule jenkins;
    private Page page;
    private Story story;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule, Page page) throws Exception {
        jenkins = rule;
        this.page = page;
        story = new Story(rule);
        job = story.job("deploy", "group: 'prod'");
    }

    private Locator rows(String part) {
        return page.locator("[data-key=" + part + "] tbody tr");
    }

    private static Locator button(Locator in, String name) {
        return in.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator button(String name) {
        return button(page.locator("#main-panel"), name);
    }

    private void confirm() {
        page.locator("dialog [data-id=ok]").click();
    }

    private static boolean isPaused() {
        return ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().paused();
    }

    @Test
    void aBuildThatComesIsShownWithoutAReload() throws Exception {
        WorkflowRun first = story.inside(job);
        JobPage.open(page, jenkins.getURL(), "deploy");
        assertThat(page.getByText("No build is waiting.")).isVisible();
        page.evaluate("window.stillTheSame = true");
        WorkflowRun second = story.waiting(job);
        assertThat(rows("waiting")).hasCount(1);
        assertThat(rows("waiting").first()).containsText("deploy #2");
        story.finish(first);
        assertThat(rows("running").first()).containsText("deploy #2");
        story.finish(second);
        assertEquals(true, page.evaluate("window.stillTheSame"));
    }

    @Test
    void aPersonMovesStartsAndCancels() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 3);
        JobPage.open(page, jenkins.getURL(), "deploy");
        button(rows("waiting").nth(2), "Move up").click();
        assertThat(rows("waiting").nth(1)).containsText("deploy #4");
        button(rows("waiting").nth(1), "Start now, over the limit").click();
        confirm();
        story.awaitInside(waiting.get(2));
        assertThat(rows("running")).hasCount(2);
        button(rows("waiting").nth(0), "Cancel the build").click();
        confirm();
        story.ended(waiting.get(0), Result.ABORTED);
        assertThat(rows("waiting")).hasCount(1);
        story.finish(first);
        story.finish(waiting.get(2));
        story.finish(waiting.get(1));
    }

    @Test
    void severalAreChosenAndMovedAtOnceAndStayChosen() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 4);
        JobPage.open(page, jenkins.getURL(), "deploy");
        for (int place : new int[] {2, 3}) {
            rows("waiting").nth(place).locator("label").click();
        }
        assertThat(page.getByText("2 selected")).isVisible();
        button("To the top").click();
        assertThat(rows("waiting").nth(0)).containsText("deploy #4");
        assertThat(rows("waiting").nth(1)).containsText("deploy #5");
        assertThat(rows("waiting").nth(0).getByRole(AriaRole.CHECKBOX)).isChecked();
        assertThat(page.getByText("2 selected")).isVisible();
        story.finish(first);
        for (int i : new int[] {2, 3, 0, 1}) {
            story.finish(waiting.get(i));
        }
    }

    @Test
    void aPauseStopsGrantsUntilThePersonResumes() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        JobPage.open(page, jenkins.getURL(), "deploy");
        button("Pause").click();
        page.getByLabel(Pattern.compile("Reason")).fill("<b>new rig</b>");
        confirm();
        assertThat(page.locator("[data-key=paused]")).containsText("“<b>new rig</b>”");
        assertTrue(isPaused());
        story.finish(first);
        assertThat(page.getByText("No build holds a slot.")).isVisible();
        assertThat(rows("waiting")).hasCount(1);
        button("Resume").click();
        confirm();
        story.awaitInside(second);
        assertThat(rows("running")).hasCount(1);
        assertFalse(isPaused());
        story.finish(second);
    }

    @Test
    void theKeyboardAloneDoesTheSameAndKeepsItsFocus() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        JobPage.open(page, jenkins.getURL(), "deploy");
        Locator up = button(rows("waiting").nth(1), "Move up");
        up.focus();
        page.keyboard().press("Enter");
        assertThat(rows("waiting").nth(0)).containsText("deploy #3");
        assertThat(button(rows("waiting").nth(0), "Move up")).isFocused();
        button("Pause").focus();
        page.keyboard().press("Space");
        page.getByLabel(Pattern.compile("Reason")).focus();
        page.keyboard().type("night");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-key=paused]")).containsText("night");
        assertThat(page.locator("dialog.jenkins-dialog")).hasCount(0);
        button("Resume").focus();
        page.keyboard().press("Enter");
        page.locator("dialog [data-id=ok]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-key=paused]")).hasCount(0);
        story.finish(first);
        story.finish(waiting.get(1));
        story.finish(waiting.get(0));
    }

    @Test
    void theLimitIsAnotherForNowAndBack() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        JobPage.open(page, jenkins.getURL(), "deploy");
        button("Change limit").click();
        page.getByLabel("Limit", new Page.GetByLabelOptions().setExact(true)).fill("2");
        confirm();
        story.awaitInside(second);
        assertThat(page.getByText("2 of 2 slots in use").first()).isVisible();
        button("Reset limit").click();
        confirm();
        assertThat(page.getByText("2 of 1 slots in use").first()).isVisible();
        story.finish(first);
        story.finish(second);
    }

    @Test
    void whoeverIsSignedOutMeanwhileIsToldSo() throws Exception {
        WorkflowRun first = story.inside(job);
        JobPage.open(page, jenkins.getURL(), "deploy");
        page.route("**/concurrency/content*", route -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
        assertThat(page.getByText("You are no longer signed in")).isVisible();
        page.unroute("**/concurrency/content*");
        assertThat(page.getByText("You are no longer signed in")).isHidden();
        page.route("**/concurrency/content*", route -> route.abort());
        assertThat(page.getByText("Jenkins cannot be reached")).isVisible();
        story.finish(first);
    }

    @Test
    void everybodyCanUseThePagesOfAllGroupsAndOfOne() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        page.navigate(jenkins.getURL() + "concurrency/");
        assertThat(page.locator("[data-key=groups] tbody tr")).hasCount(1);
        Axe.assertClean(page);
        Look.assertFitsAnyScreen(page);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("prod").setExact(true))
                .click();
        assertThat(rows("waiting")).hasCount(2);
        Axe.assertClean(page);
        Look.assertFitsAnyScreen(page);
        story.finish(first);
        for (WorkflowRun run : waiting) {
            story.finish(run);
        }
    }
}
