package io.jenkins.plugins.concurrency.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;

/** How wide a page is, and whether all of it fits. */
final class Look {
    static final int DESKTOP_WIDTH = 1300;
    static final int DESKTOP_HEIGHT = 900;
    static final int PHONE_WIDTH = 390;
    static final int PHONE_HEIGHT = 844;

    private static final String TOO_WIDE = """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) {
                return '';
              }
              const wide = [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .map(element => element.tagName.toLowerCase() + '.' + element.className + ' to '
                    + Math.round(element.getBoundingClientRect().right));
              return 'the page is ' + document.documentElement.scrollWidth + ' wide: ' + wide.slice(0, 20).join(', ');
            }
            """;

    private Look() {}

    static void asOnADesk(Page page) {
        page.setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT);
    }

    static void asOnAPhone(Page page) {
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
    }

    static void assertFits(Page page) {
        awaitLoaded(page);
        assertEquals("", page.evaluate(TOO_WIDE), () -> page.url() + " at " + page.viewportSize().width);
    }

    /** Who has followed a link, or sent a form, sees words of the new page before its style sheets and scripts are there. */
    static void awaitLoaded(Page page) {
        page.waitForLoadState(LoadState.LOAD);
    }

    static void assertFitsAnyScreen(Page page) {
        asOnADesk(page);
        assertFits(page);
        asOnAPhone(page);
        assertFits(page);
        asOnADesk(page);
    }
}
