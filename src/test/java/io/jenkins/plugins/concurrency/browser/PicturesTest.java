package io.jenkins.plugins.concurrency.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.jenkins.plugins.concurrency.RealController;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Takes the pictures in docs/images, with {@code ./dev shots}, of a real Jenkins: the test harness shows other icons. Light
 * ones only: core has no dark colours of its own, and does not follow the browser's.
 */
@EnabledIfSystemProperty(named = PicturesTest.FOLDER, matches = ".+")
@InBrowser
class PicturesTest {
    static final String FOLDER = "concurrency.shots";

    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create();

    @Test
    void ofEachPage(Page page) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(Scenes::prepare);
        URL jenkins = controller.getUrl();
        take("controller-page", page, jenkins, "concurrency/");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("production").setExact(true))
                .click();
        page.waitForURL("**/group/**");
        take(
                "group-page",
                page,
                jenkins,
                page.url().substring(jenkins.toString().length()));
        take("job-page", page, jenkins, "job/shop/job/deploy/concurrency/");
        take("build-page", page, jenkins, "job/shop/job/deploy/9/");
        take("settings-page", page, jenkins, "manage/concurrency-settings/");
        page.navigate(jenkins + "job/nightly/configure");
        take("job-limit", page, page.getByText("Limit concurrent builds"));
    }

    private static void take(String name, Page page, URL jenkins, String path) {
        page.navigate(jenkins + path);
        take(name, page, page.getByRole(AriaRole.HEADING).first());
    }

    /** One as on a desk, and one as on a phone. */
    private static void take(String name, Page page, Locator top) {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        shoot(name, page, top);
        Look.asOnAPhone(page);
        shoot(name + "-phone", page, top);
        Look.asOnADesk(page);
    }

    private static void shoot(String name, Page page, Locator top) {
        // Not below the header, which stays where it is.
        top.evaluate("element => { element.scrollIntoView(); window.scrollBy(0, -80); }");
        Path file = Path.of(System.getProperty(FOLDER), name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
    }
}
