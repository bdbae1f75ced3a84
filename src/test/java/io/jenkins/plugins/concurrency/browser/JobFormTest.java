package io.jenkins.plugins.concurrency.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
@InBrowser
class JobFormTest {
    private static final String OURS = ".optionalBlock-container:has([name='causes'])";

    @Test
    void everybodyCanReadAndFillInTheLimitOfAJob(JenkinsRule jenkins, Page page) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup(HostileNames.LONG);
        job.addProperty(limit);
        page.navigate(jenkins.getURL() + job.getUrl() + "configure");
        Locator ours = page.locator(OURS);
        ours.locator("button.advanced-button").click();
        assertThat(ours.getByLabel("Group", new Locator.GetByLabelOptions().setExact(true)))
                .hasValue(HostileNames.LONG);
        assertThat(ours.getByLabel("Wait timeout", new Locator.GetByLabelOptions().setExact(true)))
                .isVisible();
        Axe.assertClean(page, OURS);
        Look.assertFitsAnyScreen(page);
    }
}
