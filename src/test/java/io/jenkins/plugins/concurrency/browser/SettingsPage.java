package io.jenkins.plugins.concurrency.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URL;

/** Manage Jenkins » Concurrency. */
final class SettingsPage {
    private final Page page;

    private SettingsPage(Page page) {
        this.page = page;
    }

    static SettingsPage open(Page page, URL jenkins) {
        page.navigate(jenkins + "manage/concurrency-settings/");
        return new SettingsPage(page);
    }

    Locator decisions() {
        return page.getByRole(AriaRole.TABLE);
    }

    /** The one line of the table that is on this group. */
    Locator decisionOn(String group) {
        return page.getByRole(
                AriaRole.CELL, new Page.GetByRoleOptions().setName(group).setExact(true));
    }

    /** Opens each fold: its button stays there. */
    void unfoldAll() {
        page.locator("button.advanced-button:visible").all().forEach(Locator::click);
    }

    void save() {
        button("Save").click();
        Look.awaitLoaded(page);
    }

    Locator button(String text) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** What heads each group of the form. */
    Locator groupHeaders() {
        return page.locator(".repeated-chunk[name=groups] .repeated-chunk__header");
    }

    Locator errors() {
        return page.locator(".validation-error-area .error");
    }
}
