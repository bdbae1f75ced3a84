package io.jenkins.plugins.concurrency.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import org.jvnet.hudson.test.JenkinsRule;

/** Signs people in whom {@link JenkinsRule#createDummySecurityRealm} knows: each has their name as password. */
final class Login {
    private Login() {}

    static void as(String user, Page page, JenkinsRule jenkins) throws IOException {
        page.navigate(jenkins.getURL() + "login");
        page.locator("input[name=j_username]").fill(user);
        page.locator("input[name=j_password]").fill(user);
        page.locator("button[name=Submit]").click();
        page.waitForURL(url -> !url.contains("login"));
    }
}
