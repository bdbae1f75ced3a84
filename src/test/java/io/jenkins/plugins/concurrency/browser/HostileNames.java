package io.jenkins.plugins.concurrency.browser;

import java.util.List;

/** Names of groups that a page must show as they are, and in the room that it has. */
final class HostileNames {
    static final String LONG = "production_".repeat(20).substring(0, 200);

    static final List<String> ALL = List.of(
            LONG,
            "\"><script>document.title='gone'</script>",
            "<img src=x onerror=alert(1)>",
            "קבוצה עברית (1) العربية",
            "🚀 deploy 👩🏽",
            "../..",
            "%2F%3Cb%3E",
            "&lt;b&gt; ${7*7} {0}");

    private HostileNames() {}
}
