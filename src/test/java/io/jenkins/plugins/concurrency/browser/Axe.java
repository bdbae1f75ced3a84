package io.jenkins.plugins.concurrency.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Asks axe-core whether people who do not see a page well, or not at all, can use it. It looks at the whole page, as the
 * order of headings needs that; only what is wrong in the main panel counts, as the rest is core's.
 */
final class Axe {
    /** What core's own tags and frame do wrong in the main panel, as narrow as it can be said. */
    private static final List<Map<String, String>> OF_CORE = List.of(
            // The main panel is a div, and no landmark.
            ofCore("region", "*"),
            // The arrow that core puts behind each link to a build.
            ofCore("button-name", ".model-link > .jenkins-menu-dropdown-chevron"),
            // Help comes last of all on purpose.
            ofCore("tabindex", ".jenkins-help-button"),
            // Core's colour of what a form and its sections say of themselves: 3.9 to 1.
            ofCore("color-contrast", ".jenkins-page-description, .jenkins-description, .jenkins-section__description"),
            // f:checkbox ties its label to the box with a script only, and takes no other name.
            ofCore("label", ".jenkins-checkbox > input"));

    private static final String RUN = """
            async ([part, ofCore]) => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'] });
              const ours = (rule, element) => element.closest(part)
                && !ofCore.some(known => known.rule === rule && element.matches(known.selector));
              return violations.flatMap(violation => violation.nodes
                .filter(node => ours(violation.id, document.querySelector(node.target[0])))
                .map(node => `${violation.id}: ${node.target[0]}\\n  ${node.html}\\n  ${node.failureSummary}`));
            }
            """;

    private Axe() {}

    private static Map<String, String> ofCore(String rule, String selector) {
        return Map.of("rule", rule, "selector", selector);
    }

    static void assertClean(Page page) {
        assertClean(page, "#main-panel");
    }

    /**
     * @param part a CSS selector: what of the page is ours, where core and other plugins have much of the main panel
     */
    static void assertClean(Page page, String part) {
        Look.awaitLoaded(page);
        page.evaluate(script());
        List<?> mistakes = (List<?>) page.evaluate(RUN, List.of(part, OF_CORE));
        assertEquals(
                0,
                mistakes.size(),
                () -> page.url() + "\n"
                        + String.join(
                                "\n", mistakes.stream().map(String::valueOf).toList()));
    }

    private static String script() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
