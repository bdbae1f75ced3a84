package io.jenkins.plugins.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that users see in forms and on pages is there in German too, and nothing more than that. */
class TranslationTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/concurrency");
    private static final Pattern JELLY_TEXT = Pattern.compile("\\$\\{%([^(}]+)");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

    private static List<Path> files(String glob) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(RESOURCES.getFileSystem().getPathMatcher("glob:**/" + glob)::matches)
                    .sorted()
                    .toList();
        }
    }

    private static Path german(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.(?=[a-z]+$)", "_de."));
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static Set<String> arguments(String text) {
        return new TreeSet<>(
                ARGUMENT.matcher(text).results().map(hit -> hit.group()).toList());
    }

    @Test
    void eachMessageIsThereWithTheSameArguments() throws IOException {
        for (Path file : files("Messages.properties")) {
            Properties english = read(file);
            Properties german = read(german(file));
            assertEquals(english.stringPropertyNames(), german.stringPropertyNames(), file.toString());
            for (String key : english.stringPropertyNames()) {
                assertEquals(arguments(english.getProperty(key)), arguments(german.getProperty(key)), key);
            }
        }
    }

    @Test
    void eachTextOfAViewIsThere() throws IOException {
        for (Path file : files("*.jelly")) {
            Set<String> used = new TreeSet<>();
            for (Matcher text = JELLY_TEXT.matcher(Files.readString(file)); text.find(); ) {
                used.add(text.group(1));
            }
            String name = file.getFileName().toString().replace(".jelly", "_de.properties");
            assertEquals(
                    used,
                    new TreeSet<>(read(file.resolveSibling(name)).stringPropertyNames()),
                    () -> file + " in German");
        }
    }

    @Test
    void eachHelpIsThere() throws IOException {
        List<Path> english = files("help*.html").stream()
                .filter(file -> !file.toString().endsWith("_de.html"))
                .toList();
        assertFalse(english.isEmpty());
        assertEquals(english.stream().map(TranslationTest::german).toList(), files("help*_de.html"));
    }
}
