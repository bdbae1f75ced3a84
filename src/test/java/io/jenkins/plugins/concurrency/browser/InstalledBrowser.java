package io.jenkins.plugins.concurrency.browser;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium or Chrome of this machine. None is ever downloaded. */
final class InstalledBrowser {
    static final String MISSING =
            "No browser, so no tests in one: install chromium or google-chrome, or set CHROME_BIN";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe");
    private static final List<String> PLACES = List.of(
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");

    private InstalledBrowser() {}

    static Optional<Path> find() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROME_BIN")).map(Path::of);
        Stream<Path> onPath = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)));
        return Stream.of(named, onPath, PLACES.stream().map(Path::of))
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** The driver itself makes it headless, and gives it a profile of its own, which goes with it. */
    static BrowserType.LaunchOptions options() {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(find().orElseThrow())
                .setHeadless(true)
                .setTimeout(120_000)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
    }
}
