package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The files in {@code docs/examples}, as they are. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "..", "docs", "examples");

    private final StringWriter out = new StringWriter();

    private int run(List<String> arguments) {
        CommandLine command = Rehearse.command();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        return command.execute(arguments.toArray(String[]::new));
    }

    @Test
    void eachExampleIsRehearsedToItsEnd() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--no-report", "--builds", "4"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            files.filter(file -> file.toString().endsWith(".Jenkinsfile"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        assertTrue(arguments.size() > 10, arguments.toString());
        assertEquals(0, run(arguments), out::toString);
        assertTrue(!out.toString().contains("FAILURE") && !out.toString().contains("Not rehearsed"), out.toString());
    }

    @Test
    void theShopIsAsExpected() {
        assertEquals(0, run(List.of(EXAMPLES.resolve("rehearsal/shop.yaml").toString(), "--no-report")), out::toString);
    }

    @Test
    void theSettingsOfTheExamplesAreUnderstood() {
        String jenkinsfile = EXAMPLES.resolve("deploy-queue.Jenkinsfile").toString();
        for (String settings : List.of("settings.yaml", "polyaxon/settings.yaml", "zadig/settings.yaml")) {
            assertEquals(
                    0,
                    run(List.of(
                            jenkinsfile,
                            "--no-report",
                            "--settings",
                            EXAMPLES.resolve(settings).toString())),
                    out::toString);
        }
    }
}
