package io.jenkins.plugins.concurrency.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One browser for a class of tests, started for the first that asks for a {@link Page}; a fresh context for each test. Of a
 * test that fails, target/browser has what the page looked like. An error in a script of a page fails the test too.
 */
final class BrowserExtension
        implements ExecutionCondition,
                ParameterResolver,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback {
    private static final Path EVIDENCE = Path.of("target", "browser");
    /** For a machine that has much else to do. */
    private static final int PATIENCE_MILLIS = 60_000;

    private Playwright driver;
    private Browser browser;
    private BrowserContext visit;
    private Page page;
    private final List<String> scriptErrors = new ArrayList<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (InstalledBrowser.find().isPresent()) {
            return ConditionEvaluationResult.enabled("There is a browser");
        }
        System.err.println(InstalledBrowser.MISSING + " (" + context.getDisplayName() + ")");
        return ConditionEvaluationResult.disabled(InstalledBrowser.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Page.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (page == null) {
            if (browser == null) {
                driver = InstalledBrowser.driver();
                PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
                browser = driver.chromium().launch(InstalledBrowser.options());
            }
            visit = browser.newContext(new Browser.NewContextOptions()
                    .setLocale("en-GB")
                    .setViewportSize(Look.DESKTOP_WIDTH, Look.DESKTOP_HEIGHT));
            visit.setDefaultTimeout(PATIENCE_MILLIS);
            page = visit.newPage();
            page.onPageError(scriptErrors::add);
        }
        return page;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (page == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            keepEvidence(context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName());
        } else {
            assertEquals(List.of(), scriptErrors, "Errors in scripts of the page");
        }
    }

    private void keepEvidence(String name) throws IOException {
        Files.createDirectories(EVIDENCE);
        Files.writeString(EVIDENCE.resolve(name + ".html"), page.url() + "\n" + page.content());
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(EVIDENCE.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** Before Jenkins is stopped, so that no page asks one that is gone. */
    @Override
    public void afterEach(ExtensionContext context) {
        scriptErrors.clear();
        page = null;
        if (visit != null) {
            visit.close();
            visit = null;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.close();
            driver = null;
            browser = null;
        }
    }
}
