package io.jenkins.plugins.concurrency.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URL;

/** The Concurrency page of a job. */
final class JobPage {
    private final Page page;

    private JobPage(Page page) {
        this.page = page;
    }

    static JobPage open(Page page, URL jenkins, String job) {
        page.navigate(jenkins + "job/" + job + "/concurrency/");
        return new JobPage(page);
    }

    /** What the page shows of a group. */
    Locator group(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** The rows of who runs, and then of who waits, without those of headers. */
    Locator builds(String group) {
        return group(group).getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(page.locator("td")));
    }
}
